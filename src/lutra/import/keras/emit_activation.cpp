#include "lutra/import/keras/emit_activation.h"

#include <fmt/format.h>

#include <limits>

namespace lutra::keras {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Leaves values as they are.
Result<NodeId> emit_identity(LayerContext&, std::string_view, NodeId input) { return input; }

Result<NodeId> emit_plain(LayerContext& context, std::string_view op, NodeId input) { return context.add_part(op, std::string(op), {}, {input}); }

Result<NodeId> emit_softmax(LayerContext& context, std::string_view op, NodeId input) {
    return context.add_part(op, "softmax", {{"axis", static_cast<std::int64_t>(context.shape(input).size()) - 1}}, {input});
}

Result<NodeId> emit_relu6(LayerContext& context, std::string_view op, NodeId input) { return context.add_part(op, "clip", {{"min", 0.0}, {"max", 6.0}}, {input}); }

Result<NodeId> emit_leaky_relu(LayerContext& context, std::string_view op, NodeId input) { return context.add_part(op, "leaky_relu", {{"alpha", 0.2}}, {input}); }

struct Activation {
    std::string_view name;
    Result<NodeId> (*emit)(LayerContext& context, std::string_view name, NodeId input);
};

/// The table of activation functions.
constexpr std::array activations = {
    Activation{"linear", emit_identity}, Activation{"relu", emit_plain},          Activation{"relu6", emit_relu6},      Activation{"sigmoid", emit_plain},
    Activation{"tanh", emit_plain},      Activation{"leaky_relu", emit_leaky_relu}, Activation{"softmax", emit_softmax},
};

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

Result<NodeId> emit_activation(LayerContext& context, const Json& activation, NodeId input) {
    const auto name = activation_name(activation);
    const auto found = std::ranges::find_if(activations, [&](const Activation& known) { return name && known.name == *name; });
    if (found == activations.end()) {
        return context.unsupported(fmt::format("its activation {} is not supported", name ? fmt::format("'{}'", *name) : "is an object, which"), "use relu, leaky_relu, relu6, sigmoid, tanh or softmax");
    }
    return found->emit(context, found->name, input);
}

}  // namespace lutra::keras
