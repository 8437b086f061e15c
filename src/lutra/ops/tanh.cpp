#include "lutra/ops/tanh.h"

#include <cmath>

#include "lutra/num/elementary.h"
#include "lutra/ops/function_approximation.h"

namespace lutra {

Result<void> Tanh::validate() const { return check_max_error(info.name, max_error, 0x1p-20); }

Result<WireTensor> Tanh::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const int bits = error_bits_of(max_error);
    const Dyadic far = multiple_of_log_two(bits + 1) * Dyadic(Integer(1), -1);  // 1 - tanh(x) < 2 exp(-2 x)
    FunctionApproximation function({.rounded = tanh_rounded,
                                    .max_slope = 1,
                                    .max_curvature = Dyadic(Integer(99), -7),  // 4 / (3 sqrt(3)) = 0.7698...
                                    .lowest = -1,
                                    .highest = 1,
                                    .left = Saturation{-far, -1},
                                    .right = Saturation{far, 1}},
                                   bits);
    WireTensor result{inputs[0].shape, {}};
    for (const AffineWire& x : inputs[0].elements) {
        result.elements.push_back({function.lower(builder, x)});
    }
    return result;
}

RealTensor Tanh::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    for (double& value : y.values) {
        value = std::tanh(value);
    }
    return y;
}

}  // namespace lutra
