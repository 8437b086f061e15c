#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = 1 / (1 + exp(-x)).
struct Sigmoid : FunctionOp<Sigmoid> {
    static constexpr OpInfo info{.name = "sigmoid", .summary = "y = 1 / (1 + exp(-x))"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Sigmoid::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return 1 / (1 + std::exp(-x)); }
};

}  // namespace lutra
