#include "lutra/ops/sigmoid.h"

#include <cmath>

#include "lutra/num/elementary.h"
#include "lutra/ops/function_approximation.h"

namespace lutra {

Result<void> Sigmoid::validate() const { return check_max_error(info.name, max_error, 0x1p-20); }

Result<WireTensor> Sigmoid::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const int bits = error_bits_of(max_error);
    const Dyadic far = multiple_of_log_two(bits);  // 1 - sigmoid(x) < exp(-x)
    FunctionApproximation function({.rounded = sigmoid_rounded,
                                    .max_slope = Dyadic(Integer(1), -2),
                                    .max_curvature = Dyadic(Integer(99), -10),  // 1 / (6 sqrt(3)) = 0.0962...
                                    .lowest = 0,
                                    .highest = 1,
                                    .left = Saturation{-far, 0},
                                    .right = Saturation{far, 1}},
                                   bits);
    WireTensor result{inputs[0].shape, {}};
    for (const AffineWire& x : inputs[0].elements) {
        result.elements.push_back({function.lower(builder, x)});
    }
    return result;
}

RealTensor Sigmoid::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    for (double& value : y.values) {
        value = 1 / (1 + std::exp(-value));
    }
    return y;
}

}  // namespace lutra
