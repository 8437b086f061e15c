#include "lutra/ops/softplus.h"

#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

Integer softplus_rounded(const Dyadic& x, int fraction) {
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.log(at.of(1) + at.exp(at.of(x))); });
}

}  // namespace

FunctionApproximation Softplus::approximation(int error_bits) const {
    const Dyadic far = multiple_of_log_two(error_bits + 3);  // softplus(-x) <= exp(-x), and softplus(x) = x + softplus(-x)
    return {{.rounded = softplus_rounded,
             .max_slope = 1,
             .max_curvature = Dyadic(Integer(1), -2),
             .lowest = 0,
             .left = Asymptote{-far, 0},
             .right = Asymptote{far, far, 1}},
            error_bits};
}

}  // namespace lutra
