#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = 1 / x, between -limit and limit; limit for x = 0.
struct Reciprocal : FunctionOp<Reciprocal> {
    static constexpr OpInfo info{.name = "reciprocal", .summary = "y = 1 / x clamped to -limit..limit; limit for x = 0"};
    double limit = 1024;  ///< from 1 to 2^20

    static constexpr auto fields = std::tuple{Field{"max_error", &Reciprocal::max_error}, Field{"limit", &Reciprocal::limit}};

    Result<void> validate() const;
    WideFunction approximation(int error_bits) const;
    double value(double x) const { return x == 0 ? limit : std::clamp(1 / x, -limit, limit); }
};

}  // namespace lutra
