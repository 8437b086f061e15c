#include "lutra/ops/softsign.h"

#include <array>

namespace lutra {

namespace {

/// x / (1 + |x|), exactly divided, rounded to nearest.
Integer softsign_rounded(const Dyadic& x, int fraction) {
    const Dyadic magnitude = x.sign() < 0 ? -x : x;
    const Integer rounded = (floor_divide(magnitude * Dyadic(Integer(1), fraction + 1), magnitude + Dyadic(1)) + Integer(1)) >> 1;
    return x.sign() < 0 ? -rounded : rounded;
}

/// The sign of x with 1 - 1 / (1 + |x|).
Wire wide_softsign(CircuitBuilder& builder, const AffineWire& x, PowerLaw& reciprocal) {
    const ScaledWires values = with_common_scale(builder, std::array{x});
    const Wire rest = reciprocal.lower(builder, {builder.abs(values.wires[0]), values.scale, 1});
    const Wire y = builder.subtract(builder.constant(1), rest);
    return builder.mux(builder.is_negative(values.wires[0]), builder.negate(y), y);
}

}  // namespace

WideFunction Softsign::approximation(int error_bits) const {
    return {softsign_rounded, error_bits, [reciprocal = PowerLaw(Power::Reciprocal, error_bits, 1)](CircuitBuilder& builder, const AffineWire& x) mutable {
                return wide_softsign(builder, x, reciprocal);
            }};
}

}  // namespace lutra
