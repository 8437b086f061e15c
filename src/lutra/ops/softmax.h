#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y_i = exp(x_i) / sum over j of exp(x_j) along an axis. The error of every y is at most max_error, whatever the widths of the inputs;
/// every y lies in [0, 1].
struct Softmax {
    static constexpr OpInfo info{.name = "softmax", .summary = "y[i] = exp(x[i]) / sum_j exp(x[j]) along axis"};
    double max_error = 0x1p-10;  ///< from smallest_max_error to largest_max_error
    int axis = -1;               ///< negative: counted from the last axis

    static constexpr auto fields = std::tuple{Field{"max_error", &Softmax::max_error}, Field{"axis", &Softmax::axis}};

    Result<void> validate() const;
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
