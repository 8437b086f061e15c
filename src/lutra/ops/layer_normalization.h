#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = (x - mean) / sqrt(variance + epsilon) * scale + bias with mean and variance of each event over the axes from `axis` on. Mean and variance are
/// exact; the error of every y is at most max_error, whatever the widths of the inputs.
struct LayerNormalization {
    static constexpr OpInfo info{.name = "layer_normalization",
                                 .summary = "y = (x - mean) / sqrt(variance + epsilon) * scale + bias over the axes from axis on"};
    double max_error = 0x1p-10;  ///< from smallest_max_error to largest_max_error
    RealTensor scale = 1.0;      ///< a scalar, or of the shape of the normalised axes
    RealTensor bias = 0.0;       ///< the same
    double epsilon = 1e-5;       ///< >= 0; with 0, equal elements give the bias
    int axis = -1;               ///< the first normalised one; negative: counted from the last axis

    static constexpr auto fields =
        std::tuple{Field{"max_error", &LayerNormalization::max_error}, Field{"scale", &LayerNormalization::scale}, Field{"bias", &LayerNormalization::bias},
                   Field{"epsilon", &LayerNormalization::epsilon}, Field{"axis", &LayerNormalization::axis}};

    Result<void> validate() const;
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
