#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = tanh(x).
struct Tanh : FunctionOp<Tanh> {
    static constexpr OpInfo info{.name = "tanh", .summary = "y = tanh(x)"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Tanh::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return std::tanh(x); }
};

}  // namespace lutra
