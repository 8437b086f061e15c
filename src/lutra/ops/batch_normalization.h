#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = (x - mean) * (scale / sqrt(variance + epsilon)) + bias, per index of one axis. The factor in brackets is computed once, in IEEE
/// doubles, whose square root and division round the same everywhere; everything else is exact and costs no hardware.
struct BatchNormalization {
    static constexpr OpInfo info{.name = "batch_normalization", .summary = "y = (x - mean) * (scale / sqrt(variance + epsilon)) + bias"};
    RealTensor scale = 1.0;  ///< each parameter: a scalar, or one value per index of the axis
    RealTensor bias = 0.0;
    RealTensor mean = 0.0;
    RealTensor variance = 1.0;  ///< >= 0
    double epsilon = 1e-5;      ///< >= 0; variance + epsilon > 0
    int axis = -1;              ///< negative: counted from the last axis

    static constexpr auto fields =
        std::tuple{Field{"scale", &BatchNormalization::scale},       Field{"bias", &BatchNormalization::bias},       Field{"mean", &BatchNormalization::mean},
                   Field{"variance", &BatchNormalization::variance}, Field{"epsilon", &BatchNormalization::epsilon}, Field{"axis", &BatchNormalization::axis}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
