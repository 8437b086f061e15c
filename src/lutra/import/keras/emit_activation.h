#pragma once

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// The name of an activation function as the file has it: a string, or the object of a function that Keras 3 writes; nothing if it is an object
/// of another kind, such as a layer or a quantiser. Null is "linear".
std::optional<std::string> activation_name(const Json& activation);

/// Appends an activation function by the name that Keras gives it, as the part "/NAME" of the layer.
Result<NodeId> emit_activation(LayerContext& context, const Json& activation, NodeId input);

}  // namespace lutra::keras
