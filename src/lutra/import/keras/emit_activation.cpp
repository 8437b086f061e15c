#include "lutra/import/keras/emit_activation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/import/keras/handlers.h"

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

Result<NodeId> emit_relu6(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "clip", {{"min", 0.0}, {"max", 6.0}}, {input});
}

Result<NodeId> emit_hard_tanh(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "clip", {{"min", -1.0}, {"max", 1.0}}, {input});
}

Result<NodeId> emit_leaky_relu(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "leaky_relu", {{"alpha", static_cast<double>(0.2F)}}, {input});
}

/// Of older Keras files: 1 above 1/2, -1 from -1/2 down, else 0.
Result<NodeId> emit_ternary_tanh(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "quantize",
                            {{"scale", 1.0}, {"width", 2.0}, {"signed", 1.0}, {"narrow", true}, {"rounding", std::string(to_string(Rounding::HalfDown))}},
                            {input});
}

/// Of older Keras files: 1 above 0, else -1.
Result<NodeId> emit_binary_tanh(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId opposite, emit_scaled(context, "opposite", input, -1));
    LUTRA_TRY(const NodeId sign, context.add_part("sign", "bipolar", {{"scale", 1.0}}, {opposite}));
    return emit_scaled(context, name, sign, -1);
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

/// x where |x| > 1/2, else 0.
Result<NodeId> emit_hard_shrink(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId high, context.add_part("high", "thresholded_relu", {{"threshold", 0.5}}, {input}));
    LUTRA_TRY(const NodeId opposite, emit_scaled(context, "opposite", input, -1));
    LUTRA_TRY(const NodeId low, context.add_part("low", "thresholded_relu", {{"threshold", 0.5}}, {opposite}));
    return context.add_part(name, "subtract", {}, {high, low});
}

/// 0 up to -1, (x + 1)^2 / 4 up to 1, then x.
Result<NodeId> emit_sparse_plus(LayerContext& context, std::string_view name, NodeId input) {
    LUTRA_TRY(const NodeId middle, context.add_part("middle", "clip", {{"min", -1.0}, {"max", 1.0}}, {input}));
    LUTRA_TRY(const NodeId root, emit_scaled(context, "root", middle, 0.5, 0.5));
    LUTRA_TRY(const NodeId square, context.add_part("square", "multiply", {}, {root, root}));
    LUTRA_TRY(const NodeId moved, emit_scaled(context, "moved", input, 1, -1));
    LUTRA_TRY(const NodeId line, context.add_part("line", "relu", {}, {moved}));
    return context.add_part(name, "add", {}, {square, line});
}

/// (x + sqrt(x^2 + 4)) / 2.
Result<NodeId> emit_squareplus(LayerContext& context, std::string_view name, NodeId input) {
    constexpr double limit = 1 << 20;
    LUTRA_TRY(const NodeId square, context.add_part("square", "multiply", {}, {input, input}));
    LUTRA_TRY(const NodeId moved, emit_scaled(context, "moved", square, 1, 4));
    LUTRA_TRY(const NodeId root, context.add_part("root", "sqrt", {{"limit", limit}}, {moved}));
    context.decide("its square root is at most 2^20");
    LUTRA_TRY(const NodeId sum, context.add_part("sum", "add", {}, {input, root}));
    return emit_scaled(context, name, sum, 0.5);
}

/// The first half of the last axis times the sigmoid of the second.
Result<NodeId> emit_glu(LayerContext& context, std::string_view name, NodeId input) {
    const Shape shape = context.shape(input);
    if (shape.empty() || shape.back() % 2 != 0) {
        return context.invalid(fmt::format("glu halves the last axis of its input of shape {}", to_string(shape)));
    }
    const auto axis = static_cast<std::int64_t>(shape.size()) - 1;
    const auto slice = [&](std::string_view part, std::int64_t start, std::int64_t end) {
        return context.add_part(part, "slice", {{"starts", std::vector{start}}, {"ends", std::vector{end}}, {"axes", std::vector{axis}}}, {input});
    };
    LUTRA_TRY(const NodeId value, slice("value", 0, shape.back() / 2));
    LUTRA_TRY(const NodeId opening, slice("opening", shape.back() / 2, shape.back()));
    LUTRA_TRY(const NodeId gate, context.add_part("gate", "sigmoid", {}, {opening}));
    return context.add_part(name, "multiply", {}, {value, gate});
}

Result<NodeId> emit_log_softmax(LayerContext& context, std::string_view name, NodeId input) {
    return context.add_part(name, "log_softmax", {{"axis", static_cast<std::int64_t>(context.shape(input).size()) - 1}}, {input});
}

struct Activation {
    std::string_view name;
    Emit emit;
};

/// The table of activation functions.
constexpr std::array activations = {
    Activation{"binary_tanh", emit_binary_tanh},
    Activation{"celu", emit_unit_elu},
    Activation{"elu", emit_unit_elu},
    Activation{"exponential", emit_exponential},
    Activation{"gelu", emit_plain},
    Activation{"glu", emit_glu},
    Activation{"hard_shrink", emit_hard_shrink},
    Activation{"hard_sigmoid", emit_hard_sigmoid},
    Activation{"hard_silu", emit_hard_silu},
    Activation{"hard_swish", emit_hard_silu},
    Activation{"hard_tanh", emit_hard_tanh},
    Activation{"leaky_relu", emit_leaky_relu},
    Activation{"linear", emit_identity},
    Activation{"log_sigmoid", emit_log_sigmoid},
    Activation{"log_softmax", emit_log_softmax},
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
    Activation{"sparse_plus", emit_sparse_plus},
    Activation{"sparse_sigmoid", emit_sparse_sigmoid},
    Activation{"squareplus", emit_squareplus},
    Activation{"swish", emit_silu},
    Activation{"tanh", emit_plain},
    Activation{"tanh_shrink", emit_tanh_shrink},
    Activation{"ternary_tanh", emit_ternary_tanh},
};

/// What comes nearest to a function that is not in the table.
std::string advice_for_activation(std::string_view name) {
    if (name == "sparsemax") {
        return "sparsemax sorts its inputs: use softmax";
    }
    if (name == "threshold") {
        return "use a layer ReLU(threshold=...) or ThresholdedReLU, which say their threshold";
    }
    std::string names;
    for (const Activation& known : activations) {
        names += (names.empty() ? "" : ", ") + std::string(known.name);
    }
    return "use one of " + names;
}

/// A layer that stands in the place of a function, such as Dense(3, activation=ReLU(max_value=2)).
Result<NodeId> emit_layer(LayerContext& context, const Json& object, NodeId input) {
    LayerConfig layer{.name = "activation",
                      .class_name = *object["class_name"].string(),
                      .library = library_of(object, *object["class_name"].string()),
                      .registered_name = "",
                      .config = *object["config"].object(),
                      .calls = {},
                      .nested = {}};
    const Handler* handler = find_handler(layer);
    if (handler == nullptr) {
        return context.unsupported(fmt::format("its activation is a layer of class {}, which is not supported", layer.class_name), advice_for(layer));
    }
    LayerContext inside = context.inside(layer, "activation", "activation", input);
    inside.ignore({"dtype"});
    LUTRA_TRY(const NodeId result, handler->import(inside));
    if (const auto key = inside.unread_option()) {
        return inside.unsupported(fmt::format("its option '{}' is not known", *key), "save the model without it");
    }
    return result;
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
    if (joined.empty()) {
        return context.invalid("its softmax runs over no axis");
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
    if (!name && activation["class_name"].string() != nullptr && activation["config"].object() != nullptr) {
        return emit_layer(context, activation, input);
    }
    if (found == activations.end()) {
        return context.unsupported(
            name ? fmt::format("its activation '{}' is not supported", *name) : std::string("its activation is Python code, which is not supported"),
            advice_for_activation(name.value_or("")));
    }
    return found->emit(context, found->name, input);
}

}  // namespace lutra::keras
