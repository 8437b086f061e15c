#include "lutra/ops/tanh.h"

#include "lutra/num/elementary.h"

namespace lutra {

FunctionApproximation Tanh::approximation(int error_bits) const {
    const Dyadic far = multiple_of_log_two(error_bits + 1) * Dyadic(Integer(1), -1);  // 1 - tanh(x) < 2 exp(-2 x)
    return {{.rounded = tanh_rounded,
             .max_slope = 1,
             .max_curvature = Dyadic(Integer(99), -7),  // 4 / (3 sqrt(3)) = 0.7698...
             .lowest = -1,
             .highest = 1,
             .left = Asymptote{-far, -1},
             .right = Asymptote{far, 1}},
            error_bits};
}

}  // namespace lutra
