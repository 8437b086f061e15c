#pragma once

#include <algorithm>
#include <cmath>

#include "lutra/ops/function_op.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// y = x / (1 + |x|).
struct Softsign : FunctionOp<Softsign> {
    static constexpr OpInfo info{.name = "softsign", .summary = "y = x / (1 + |x|)"};
    static constexpr auto fields = std::tuple{Field{"max_error", &Softsign::max_error}};

    WideFunction approximation(int error_bits) const;
    static double value(double x) { return x / (1 + std::abs(x)); }
};

}  // namespace lutra
