#include "lutra/ops/erf.h"

#include "lutra/num/elementary.h"

namespace lutra {

FunctionApproximation Erf::approximation(int error_bits) const {
    const Dyadic far = root_of_log_two(error_bits);  // 1 - erf(x) <= exp(-x^2)
    return {{.rounded = erf_rounded,
             .max_slope = Dyadic(Integer(145), -7),     // 2 / sqrt(pi) = 1.1283...
             .max_curvature = Dyadic(Integer(31), -5),  // sqrt(8 / (e pi)) = 0.9678...
             .lowest = -1,
             .highest = 1,
             .left = Asymptote{-far, -1},
             .right = Asymptote{far, 1}},
            error_bits};
}

}  // namespace lutra
