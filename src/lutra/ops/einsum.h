#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// A sum of products by labelled axes, as numpy, ONNX and Keras write it: "ab,bc->ac" multiplies matrices, "ab->a" sums the last axis. Every letter
/// is an axis; letters that the result does not have are summed. An axis of extent 1 is broadcast to the others of its letter. Exact; a constant
/// input costs no multipliers.
struct Einsum {
    static constexpr OpInfo info{
        .name = "einsum", .max_arity = 2, .summary = "y = sum of products of the inputs' elements over the letters that equation gives the inputs only"};
    std::string equation = "a->a";  ///< one term of letters for each input, "->", and the letters of the result

    static constexpr auto fields = std::tuple{Field{"equation", &Einsum::equation}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    /// How many products one event takes; the shapes must have been checked.
    double num_products(std::span<const Shape> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
