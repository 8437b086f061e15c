#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = 1 / sqrt(x), at most `limit`, also for x <= 0.
struct Rsqrt : FunctionOp<Rsqrt> {
    static constexpr OpInfo info{.name = "rsqrt", .summary = "y = min(1 / sqrt(x), limit); limit for x <= 0"};
    double limit = 1024;  ///< from 1 to 2^20

    static constexpr auto fields = std::tuple{Field{"max_error", &Rsqrt::max_error}, Field{"limit", &Rsqrt::limit}};

    Result<void> validate() const;
    WideFunction approximation(int error_bits) const;
    double value(double x) const { return x > 0 ? std::min(1 / std::sqrt(x), limit) : limit; }
};

}  // namespace lutra
