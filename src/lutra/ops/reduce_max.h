#pragma once

#include "lutra/ops/line_reduction.h"

namespace lutra {

/// The largest element along an axis, which vanishes.
struct ReduceMax : LineReduction<ReduceMax> {
    static constexpr OpInfo info{.name = "reduce_max", .summary = "y = the largest x along axis"};
    static constexpr auto fields = std::tuple{Field{"axis", &ReduceMax::axis}};

    static Wire combine(CircuitBuilder& builder, Wire a, Wire b) { return builder.max(a, b); }
    static double combine(double a, double b) { return a < b ? b : a; }
};

}  // namespace lutra
