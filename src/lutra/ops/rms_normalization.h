#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = x / sqrt(mean of x^2 + epsilon) * scale over the axes from `axis` on. The mean is exact; the error of every y is at most max_error, whatever
/// the widths of the inputs.
struct RmsNormalization {
    static constexpr OpInfo info{.name = "rms_normalization", .summary = "y = x / sqrt(mean of x^2 + epsilon) * scale over the axes from axis on"};
    double max_error = 0x1p-10;  ///< from smallest_max_error to largest_max_error
    RealTensor scale = 1.0;      ///< a scalar, or of the shape of the normalised axes
    double epsilon = 1e-5;       ///< >= 0; with 0, zeros stay zero
    int axis = -1;               ///< the first normalised one; negative: counted from the last axis

    static constexpr auto fields = std::tuple{Field{"max_error", &RmsNormalization::max_error}, Field{"scale", &RmsNormalization::scale},
                                              Field{"epsilon", &RmsNormalization::epsilon}, Field{"axis", &RmsNormalization::axis}};

    Result<void> validate() const;
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
