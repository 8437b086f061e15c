#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = exp(x), at most `limit`: what is above saturates.
struct Exp : FunctionOp<Exp> {
    static constexpr OpInfo info{.name = "exp", .summary = "y = min(exp(x), limit)"};
    double limit = 1024;  ///< from 1 to 2^20

    static constexpr auto fields = std::tuple{Field{"max_error", &Exp::max_error}, Field{"limit", &Exp::limit}};

    Result<void> validate() const;
    WideFunction approximation(int error_bits) const;
    double value(double x) const { return std::min(std::exp(x), limit); }
};

}  // namespace lutra
