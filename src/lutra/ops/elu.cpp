#include "lutra/ops/elu.h"

#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

constexpr double largest_alpha = 64;

/// alpha * (exp(x) - 1); for x > 0, where only chords that begin below 0 end, the tangent at 0, so that they meet no larger curvature.
Integer elu_rounded(const Dyadic& x, const Dyadic& alpha, int fraction) {
    return round_enclosed(
        fraction, [&](const IntervalArithmetic& at) { return x.sign() > 0 ? at.of(x * alpha) : at.multiply(at.exp(at.of(x)) - at.of(1), at.of(alpha)); });
}

}  // namespace

Result<void> Elu::validate() const {
    if (!(alpha >= 0 && alpha <= largest_alpha)) {
        return fail(DiagnosticId::InvalidAttribute, "elu", "alpha is not from 0 to 64");
    }
    return FunctionOp::validate();
}

FunctionApproximation Elu::approximation(int error_bits) const {
    const Dyadic factor = Dyadic::from_double(alpha);
    const Dyadic bound = std::max(factor, Dyadic(Integer(1), -6));
    const int factor_bits = bound.mantissa().bit_length() + bound.exponent();  // factor < 2^factor_bits
    return {{.rounded = [factor](const Dyadic& x, int fraction) { return elu_rounded(x, factor, fraction); },
             .max_slope = bound,
             .max_curvature = bound,
             .lowest = -factor,
             .left = Asymptote{-multiple_of_log_two(error_bits + 3 + factor_bits), -factor},
             .right = Asymptote{0, 0, 1},
             .has_corner = true},
            error_bits};
}

}  // namespace lutra
