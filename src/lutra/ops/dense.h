#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y[..., j] = sum over i of x[..., i] * weights[i, j] + bias[j]: a fully connected layer over the last axis, exactly accumulated.
struct Dense {
    static constexpr OpInfo info{.name = "dense", .summary = "y[j] = sum_i x[i] * weights[i, j] + bias[j]"};
    RealTensor weights;  ///< shape (inputs, outputs)
    RealTensor bias;     ///< shape (outputs), or a scalar

    static constexpr auto fields = std::tuple{Field{"weights", &Dense::weights}, Field{"bias", &Dense::bias}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
