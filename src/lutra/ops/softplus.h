#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = log(1 + exp(x)).
struct Softplus : FunctionOp<Softplus> {
    static constexpr OpInfo info{.name = "softplus", .summary = "y = log(1 + exp(x))"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Softplus::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }
};

}  // namespace lutra
