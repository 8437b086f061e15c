#pragma once

/// Equations of products: of an input with constant weights (EinsumDense), or of several inputs.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// An equation such as "abc,cde->abde" as the event sees it; the batch axis is gone, and `...` became digits.
struct Einsum {
    std::string input;  ///< labels of the event's axes
    std::string kernel;
    std::string output;
};

/// Reads an equation of weights for an event of this rank. Each label stands for an axis. Fails where it does not fit, where a term has a label twice,
/// or where the batch axis does not stay in front.
Result<Einsum> read_einsum(LayerContext& context, std::string_view equation, std::size_t rank);

/// Dense as an equation: the last of at most 10 axes is contracted.
Einsum last_axis_einsum(std::size_t rank);

/// Appends input * kernel + bias. A product of matrices becomes a dense layer, with reshapes and transposes around it where the equation needs them; other
/// equations become an einsum with a constant. The bias broadcasts to the output; a scalar 0 is none. The op has the layer's name, or "/part" behind it.
Result<NodeId> emit_einsum(LayerContext& context, const Einsum& einsum, NodeId input, const RealTensor& kernel, const RealTensor& bias,
                           std::string_view part = "");

/// Appends a product of one or more inputs by an equation whose terms and result begin with the batch axis, as Keras' ops.einsum reads it.
Result<NodeId> emit_input_einsum(LayerContext& context, std::string_view equation, std::span<const NodeId> inputs, std::string_view part = "");

}  // namespace lutra::keras
