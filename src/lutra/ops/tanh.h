#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = tanh(x) as a table, or as chords of segments: the error is at most max_error for every input.
struct Tanh {
    static constexpr OpInfo info{.name = "tanh", .summary = "y = tanh(x)"};
    double max_error = 0x1p-10;  ///< from 2^-20 to 2^-2

    static constexpr auto fields = std::tuple{Field{"max_error", &Tanh::max_error}};

    Result<void> validate() const;
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const { return inputs[0]; }
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
