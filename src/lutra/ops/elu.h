#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = x for x >= 0, else alpha * (exp(x) - 1). SELU is this op and a factor behind it.
struct Elu : FunctionOp<Elu> {
    static constexpr OpInfo info{.name = "elu", .summary = "y = x for x >= 0, else alpha * (exp(x) - 1)"};
    double alpha = 1;  ///< from 0 to 64

    static constexpr auto fields = std::tuple{Field{"max_error", &Elu::max_error}, Field{"alpha", &Elu::alpha}};

    Result<void> validate() const;
    FunctionApproximation approximation(int error_bits) const;
    double value(double x) const { return x >= 0 ? x : alpha * std::expm1(x); }
};

}  // namespace lutra
