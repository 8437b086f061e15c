#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = sqrt(x), at most `limit`; 0 for x < 0.
struct Sqrt : FunctionOp<Sqrt> {
    static constexpr OpInfo info{.name = "sqrt", .summary = "y = min(sqrt(x), limit); 0 for x < 0"};
    double limit = 1024;  ///< from 1 to 2^20

    static constexpr auto fields = std::tuple{Field{"max_error", &Sqrt::max_error}, Field{"limit", &Sqrt::limit}};

    Result<void> validate() const;
    WideFunction approximation(int error_bits) const;
    double value(double x) const { return x > 0 ? std::min(std::sqrt(x), limit) : 0; }
};

}  // namespace lutra
