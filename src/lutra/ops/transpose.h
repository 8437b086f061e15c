#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// Axis i of the output is axis permutation[i] of the input.
struct Transpose {
    static constexpr OpInfo info{.name = "transpose", .summary = "y[..., i, ...] = x with axis i taken from axis permutation[i]"};
    std::vector<std::int64_t> permutation;

    static constexpr auto fields = std::tuple{Field{"permutation", &Transpose::permutation}};

    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
