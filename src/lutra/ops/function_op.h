#pragma once

/// What all ops y = f(x) share whose function f of one value is approximated with a stated error.

#include <algorithm>

#include "lutra/ir/layer_op.h"
#include "lutra/ops/function_approximation.h"

namespace lutra {

/// The base of the op `Function`, which adds
///
///     info, fields
///     approximation(error_bits)  an object with `Wire lower(CircuitBuilder&, const AffineWire&)` that keeps the error 2^-error_bits for every x
///     value(x)                   f in doubles, written apart from it
template <typename Function>
struct FunctionOp {
    double max_error = 0x1p-10;  ///< for every x, from smallest_max_error to largest_max_error

    Result<void> validate() const { return check_max_error(Function::info.name, max_error); }
    double error_bound() const { return max_error; }
    Result<Shape> infer_shape(std::span<const Shape> inputs) const { return inputs[0]; }

    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
        auto approximation = self().approximation(error_bits_of(max_error));
        WireTensor result{inputs[0].shape, {}};
        for (const AffineWire& x : inputs[0].elements) {
            result.elements.push_back({approximation.lower(builder, x)});
        }
        return result;
    }

    RealTensor reference(std::span<const RealTensor> inputs) const {
        RealTensor y = inputs[0];
        std::ranges::transform(y.values, y.values.begin(), [&](double x) { return self().value(x); });
        return y;
    }

private:
    const Function& self() const { return static_cast<const Function&>(*this); }
};

}  // namespace lutra
