#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = x * tanh(log(1 + exp(x))).
struct Mish : FunctionOp<Mish> {
    static constexpr OpInfo info{.name = "mish", .summary = "y = x * tanh(log(1 + exp(x)))"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Mish::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return x * std::tanh(std::log1p(std::exp(x))); }
};

}  // namespace lutra
