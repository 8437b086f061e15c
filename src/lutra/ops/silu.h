#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = x / (1 + exp(-x)), also called swish.
struct Silu : FunctionOp<Silu> {
    static constexpr OpInfo info{.name = "silu", .summary = "y = x / (1 + exp(-x))"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Silu::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return x / (1 + std::exp(-x)); }
};

}  // namespace lutra
