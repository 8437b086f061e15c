#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// Row x of a constant matrix: one table per column. x is rounded down; an x beyond the rows takes the first or the last one.
struct Embedding {
    static constexpr OpInfo info{.name = "embedding", .summary = "y[..., j] = weights[x, j], with x rounded down and clamped to the rows"};
    RealTensor weights{{1, 1}, {0.0}};  ///< shape (rows, columns); at most 2^20 rows

    static constexpr auto fields = std::tuple{Field{"weights", &Embedding::weights}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
