#include "lutra/ops/mish.h"

#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

/// tanh(log(1 + e)) = n / (n + 2) with n = e (e + 2), so x times that is x - 2 x / (n + 2).
Integer mish_rounded(const Dyadic& x, int fraction) {
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) {
        const Enclosure e = at.exp(at.of(x));
        const Enclosure n = at.multiply(e, e + at.of(2));
        return at.of(x) - at.multiply(at.of(x * Dyadic(2)), at.reciprocal(n + at.of(2)));
    });
}

}  // namespace

FunctionApproximation Mish::approximation(int error_bits) const {
    constexpr int spare = 5;  // as for silu: |x| exp(x) on the left, 2 x exp(-2 x) on the right
    return {{.rounded = mish_rounded,
             .max_slope = Dyadic(Integer(35), -5),      // 1.0884...
             .max_curvature = Dyadic(Integer(83), -7),  // 0.6442...
             .lowest = Dyadic(Integer(-5), -4),         // above is -0.3088...
             .left = Asymptote{-multiple_of_log_two(error_bits + spare), 0},
             .right = Asymptote{multiple_of_log_two(error_bits + 3 + spare), multiple_of_log_two(error_bits + 3 + spare), 1}},
            error_bits};
}

}  // namespace lutra
