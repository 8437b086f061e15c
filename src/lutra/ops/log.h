#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = log(x), between -limit and limit; -limit for x <= 0.
struct Log : FunctionOp<Log> {
    static constexpr OpInfo info{.name = "log", .summary = "y = log(x) clamped to -limit..limit; -limit for x <= 0"};
    double limit = 16;  ///< from 1 to 2^20

    static constexpr auto fields = std::tuple{Field{"max_error", &Log::max_error}, Field{"limit", &Log::limit}};

    Result<void> validate() const;
    WideFunction approximation(int error_bits) const;
    double value(double x) const { return x > 0 ? std::clamp(std::log(x), -limit, limit) : -limit; }
};

}  // namespace lutra
