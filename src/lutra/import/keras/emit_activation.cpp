#include "lutra/import/keras/emit_activation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lutra::keras {

namespace {

using Emit = Result<NodeId> (*)(LayerContext& context, std::string_view name, NodeId input);

/// Leaves values as they are.
Result<NodeId> emit_identity(LayerContext&, std::string_view, NodeId input) { return input; }

/// The op has the name of the function.
Result<NodeId> emit_plain(LayerContext& context, std::string_view name, NodeId input) { return context.add_part(name, name, {}, {input}); }

Result<NodeId> emit_silu(LayerContext& context, std::string_view name, NodeId input) { return context.add_part(name, "silu", {}, {input}); }

Result<NodeId> emit_softmax(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "softmax", {{"axis", static_cast<std::int64_t>(context.shape(input).size()) - 1}}, {input});
}

Result<NodeId> emit_relu6(LayerContext& context, std::string_view name, NodeId input) { return context.add_part(name, "clip", {{"min", 0.0}, {"max", 6.0}}, {input}); }

Result<NodeId> emit_hard_tanh(LayerContext& context, std::string_view name, NodeId input) { return context.add_part(name, "clip", {{"min", -1.0}, {"max", 1.0}}, {input}); }

Result<NodeId> emit_leaky_relu(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "leaky_relu", {{"alpha", static_cast<double>(0.2F)}}, {input});
}

/// Of older Keras files: 1 above 1/2, -1 from -1/2 down, else 0, as rounding half to even of clip(x, -1, 1) has it.
Result<NodeId> emit_ternary_tanh(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "quantize", {{"scale", 1.0}, {"width", 2.0}, {"signed", 1.0}, {"narrow", true}}, {input});
}

Result<NodeId> emit_unit_elu(LayerContext& context, std::string_view name, NodeId input) { return emit_elu(context, name, input, 1, 1); }

Result<NodeId> emit_selu(LayerContext& context, std::string_view name, NodeId input) {
    return emit_elu(context, name, input, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946);
}

/// Keras 2: clip(x / 5 + 1/2, 0, 1); Keras 3: relu6(x + 3) / 6.
Result<NodeId> emit_hard_sigmoid(LayerContext& context, std::string_view name, NodeId input) {
    const bool is_keras3 = context.translation().is_keras3;
    LUTRA_TRY(const NodeId line, emit_scaled(context, fmt::format("{}_line", name), input, is_keras3 ? 1.0 / 6 : 0.2, 0.5));
    return context.add_part(name, "clip", {{"min", 0.0}, {"max", 1.0}}, {line});
}

/// x * hard_sigmoid(x), which is new in Keras 3.
Result<NodeId> emit_hard_silu(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId gate, emit_hard_sigmoid(context, "hard_sigmoid", input));
    return context.add_part(name, "multiply", {}, {input, gate});
}

Result<NodeId> emit_exponential(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId node, context.add_part(name, "exp", {}, {input}));
    context.decide("results above 1024 become 1024");
    return node;
}

/// log(sigmoid(x)) = -softplus(-x).
Result<NodeId> emit_log_sigmoid(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId opposite, emit_scaled(context, "opposite", input, -1));
    LUTRA_TRY(const NodeId softplus, context.add_part("softplus", "softplus", {}, {opposite}));
    return emit_scaled(context, name, softplus, -1);
}

Result<NodeId> emit_tanh_shrink(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId tanh, context.add_part("tanh", "tanh", {}, {input}));
    return context.add_part(name, "subtract", {}, {input, tanh});
}

/// x moved by 1/2 towards 0.
Result<NodeId> emit_soft_shrink(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId middle, context.add_part("middle", "clip", {{"min", -0.5}, {"max", 0.5}}, {input}));
    return context.add_part(name, "subtract", {}, {input, middle});
}

/// clip((x + 1) / 2, 0, 1).
Result<NodeId> emit_sparse_sigmoid(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId line, emit_scaled(context, "line", input, 0.5, 0.5));
    return context.add_part(name, "clip", {{"min", 0.0}, {"max", 1.0}}, {line});
}

struct Activation {
    std::string_view name;
    Emit emit;
};

/// The table of activation functions.
constexpr std::array activations = {
    Activation{"celu", emit_unit_elu},
    Activation{"elu", emit_unit_elu},
    Activation{"exponential", emit_exponential},
    Activation{"gelu", emit_plain},
    Activation{"hard_sigmoid", emit_hard_sigmoid},
    Activation{"hard_silu", emit_hard_silu},
    Activation{"hard_swish", emit_hard_silu},
    Activation{"hard_tanh", emit_hard_tanh},
    Activation{"leaky_relu", emit_leaky_relu},
    Activation{"linear", emit_identity},
    Activation{"log_sigmoid", emit_log_sigmoid},
    Activation{"mish", emit_plain},
    Activation{"relu", emit_plain},
    Activation{"relu6", emit_relu6},
    Activation{"selu", emit_selu},
    Activation{"sigmoid", emit_plain},
    Activation{"silu", emit_silu},
    Activation{"soft_shrink", emit_soft_shrink},
    Activation{"softmax", emit_softmax},
    Activation{"softplus", emit_plain},
    Activation{"softsign", emit_plain},
    Activation{"sparse_sigmoid", emit_sparse_sigmoid},
    Activation{"swish", emit_silu},
    Activation{"tanh", emit_plain},
    Activation{"tanh_shrink", emit_tanh_shrink},
    Activation{"ternary_tanh", emit_ternary_tanh},
};

std::string known_names() {
    std::string names;
    for (const Activation& known : activations) {
        names += (names.empty() ? "" : ", ") + std::string(known.name);
    }
    return names;
}

}  // namespace

std::optional<std::string> activation_name(const Json& activation) {
    if (activation.is_null()) {
        return "linear";
    }
    if (activation.string() != nullptr) {
        return *activation.string();
    }
    const std::string* kind = activation["class_name"].string();
    const std::string* name = activation["config"].string();
    return kind != nullptr && *kind == "function" && name != nullptr ? std::optional(*name) : std::nullopt;
}

Result<NodeId> emit_scaled(LayerContext& context, std::string_view part, NodeId input, double factor, double offset) {
    NodeId node = input;
    if (factor != 1) {
        LUTRA_TRY(const NodeId constant, context.add_constant(fmt::format("{}_factor", part), factor));
        LUTRA_TRY(node, context.add_part(part, "multiply", {}, {node, constant}));
    }
    if (offset != 0) {
        LUTRA_TRY(const NodeId constant, context.add_constant(fmt::format("{}_offset", part), offset));
        LUTRA_TRY(node, context.add_part(part, "add", {}, {node, constant}));
    }
    return node;
}

Result<NodeId> emit_elu(LayerContext& context, std::string_view part, NodeId input, double alpha, double gamma) {
    LUTRA_TRY(const NodeId node, context.add_part(part, "elu", {{"alpha", alpha}}, {input}));
    return emit_scaled(context, fmt::format("{}_scaled", part), node, gamma);
}

Result<NodeId> emit_softmax_over(LayerContext& context, std::string_view part, NodeId input, std::span<const std::int64_t> axes) {
    const Shape shape = context.shape(input);
    std::vector<std::int64_t> joined;
    for (const std::int64_t axis : axes) {
        LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, shape.size()));
        joined.push_back(event_axis);
    }
    if (joined.size() == 1) {
        return context.add_part(part, "softmax", {{"axis", joined[0]}}, {input});
    }
    std::vector<std::int64_t> order;
    for (std::int64_t axis = 0; axis < static_cast<std::int64_t>(shape.size()); ++axis) {
        if (std::ranges::find(joined, axis) == joined.end()) {
            order.push_back(axis);
        }
    }
    Shape flat;
    std::ranges::transform(order, std::back_inserter(flat), [&](std::int64_t axis) { return shape[static_cast<std::size_t>(axis)]; });
    order.insert(order.end(), joined.begin(), joined.end());
    flat.push_back(-1);
    std::vector<std::int64_t> back(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
    }
    LUTRA_TRY(NodeId node, context.add_part(fmt::format("{}_columns", part), "transpose", {{"permutation", order}}, {input}));
    const Shape moved = context.shape(node);
    std::int64_t num_joined = 1;
    for (std::size_t i = flat.size() - 1; i < moved.size(); ++i) {
        num_joined *= moved[i];
    }
    flat.back() = num_joined;
    LUTRA_TRY(node, context.reshape(fmt::format("{}_rows", part), node, flat));
    LUTRA_TRY(node, context.add_part(part, "softmax", {{"axis", static_cast<std::int64_t>(flat.size()) - 1}}, {node}));
    LUTRA_TRY(node, context.reshape(fmt::format("{}_axes", part), node, moved));
    return context.add_part(fmt::format("{}_back", part), "transpose", {{"permutation", back}}, {node});
}

Result<NodeId> emit_activation(LayerContext& context, const Json& activation, NodeId input) {
    const auto name = activation_name(activation);
    const auto found = std::ranges::find_if(activations, [&](const Activation& known) { return name && known.name == *name; });
    if (found == activations.end()) {
        return context.unsupported(name ? fmt::format("its activation '{}' is not supported", *name) : std::string("its activation is an object, which is not supported"), "use one of " + known_names());
    }
    return found->emit(context, found->name, input);
}

}  // namespace lutra::keras
