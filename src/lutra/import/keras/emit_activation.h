#pragma once

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// The name of an activation function as the file has it: a string, or the object of a function that Keras 3 writes; nothing if it is an object
/// of another kind, such as a layer or a quantiser. Null is "linear".
std::optional<std::string> activation_name(const Json& activation);

/// Appends an activation function by the name that Keras gives it, as the part "/NAME" of the layer.
Result<NodeId> emit_activation(LayerContext& context, const Json& activation, NodeId input);

/// y = x * factor + offset.
Result<NodeId> emit_scaled(LayerContext& context, std::string_view part, NodeId input, double factor, double offset = 0);

/// y = gamma * x for x >= 0, else gamma * alpha * (exp(x) - 1).
Result<NodeId> emit_elu(LayerContext& context, std::string_view part, NodeId input, double alpha, double gamma);

/// Appends a softmax over axes of the file, where axis 0 is the batch; several are joined to one and taken apart again.
Result<NodeId> emit_softmax_over(LayerContext& context, std::string_view part, NodeId input, std::span<const std::int64_t> axes);

}  // namespace lutra::keras
