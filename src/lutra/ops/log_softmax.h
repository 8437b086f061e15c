#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y_i = x_i - log(sum over j of exp(x_j)) along an axis. The error of every y is at most max_error, whatever the widths of the inputs; no y is above 0 by
/// more than that.
struct LogSoftmax {
    static constexpr OpInfo info{.name = "log_softmax", .summary = "y[i] = x[i] - log(sum_j exp(x[j])) along axis"};
    double max_error = 0x1p-10;  ///< from smallest_max_error to largest_max_error
    int axis = -1;               ///< negative: counted from the last axis

    static constexpr auto fields = std::tuple{Field{"max_error", &LogSoftmax::max_error}, Field{"axis", &LogSoftmax::axis}};

    Result<void> validate() const;
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
