#pragma once

#include <cmath>

#include "lutra/ops/function_op.h"

namespace lutra {

/// The error function, of which the exact GELU is made.
struct Erf : FunctionOp<Erf> {
    static constexpr OpInfo info{.name = "erf", .summary = "y = 2 / sqrt(pi) * integral of exp(-t^2) from 0 to x"};

    static constexpr auto fields = std::tuple{Field{"max_error", &Erf::max_error}};

    FunctionApproximation approximation(int error_bits) const;
    static double value(double x) { return std::erf(x); }
};

}  // namespace lutra
