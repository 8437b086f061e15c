#include "lutra/ops/silu.h"

#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

Integer silu_rounded(const Dyadic& x, int fraction) {
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.multiply(at.of(x), at.sigmoid(at.of(x))); });
}

}  // namespace

FunctionApproximation Silu::approximation(int error_bits) const {
    constexpr int spare = 5;  // x * exp(-x) <= 2^-n for x = (n + 5) ln 2 < 2^5
    const Dyadic far = multiple_of_log_two(error_bits + 3 + spare);
    return {{.rounded = silu_rounded,
             .max_slope = Dyadic(Integer(71), -6),     // 1.0998...
             .max_curvature = Dyadic(Integer(1), -1),  // at 0
             .lowest = Dyadic(Integer(-9), -5),        // above is -0.2784...
             .left = Asymptote{-far, 0},
             .right = Asymptote{far, far, 1}},
            error_bits};
}

}  // namespace lutra
