#pragma once

/// The equations of EinsumDense: a contraction of an input with constant weights.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// An equation such as "abc,cde->abde" as the event sees it; the batch axis and `...` are resolved.
struct Einsum {
    std::string input;   ///< labels of the event's axes
    std::string kernel;
    std::string output;
};

/// Reads an equation for an event of this rank. Each label stands for an axis; fails where an equation is no matrix product: repeated labels,
/// labels of the kernel that stand neither in the input nor in the output, axes that all three have.
Result<Einsum> read_einsum(LayerContext& context, std::string_view equation, std::size_t rank);

/// Appends input * kernel + bias as a dense layer, with reshapes and transposes around it where the equation needs them. The bias broadcasts to
/// the output; a scalar 0 is none. The dense layer has the layer's name, or "/part" behind it.
Result<NodeId> emit_einsum(LayerContext& context, const Einsum& einsum, NodeId input, const RealTensor& kernel, const RealTensor& bias, std::string_view part = "");

}  // namespace lutra::keras
