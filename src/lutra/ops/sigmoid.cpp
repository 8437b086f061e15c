#include "lutra/ops/sigmoid.h"

#include "lutra/num/elementary.h"

namespace lutra {

FunctionApproximation Sigmoid::approximation(int error_bits) const {
    const Dyadic far = multiple_of_log_two(error_bits);  // 1 - sigmoid(x) < exp(-x)
    return {{.rounded = sigmoid_rounded,
             .max_slope = Dyadic(Integer(1), -2),
             .max_curvature = Dyadic(Integer(99), -10),  // 1 / (6 sqrt(3)) = 0.0962...
             .lowest = 0,
             .highest = 1,
             .left = Asymptote{-far, 0},
             .right = Asymptote{far, 1}},
            error_bits};
}

}  // namespace lutra
