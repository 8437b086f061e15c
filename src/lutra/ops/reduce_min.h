#pragma once

#include "lutra/ops/line_reduction.h"

namespace lutra {

/// The smallest element along an axis, which vanishes.
struct ReduceMin : LineReduction<ReduceMin> {
    static constexpr OpInfo info{.name = "reduce_min", .summary = "y = the smallest x along axis"};
    static constexpr auto fields = std::tuple{Field{"axis", &ReduceMin::axis}};

    static Wire combine(CircuitBuilder& builder, Wire a, Wire b) { return builder.min(a, b); }
    static double combine(double a, double b) { return a > b ? b : a; }
};

}  // namespace lutra
