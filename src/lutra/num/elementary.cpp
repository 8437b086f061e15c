#include "lutra/num/elementary.h"

#include "lutra/base/assert.h"
#include "lutra/num/interval_arithmetic.h"

namespace lutra {

namespace {

void check_argument(const Dyadic& x) { LUTRA_ASSERT(x <= Dyadic(max_elementary_argument) && -x <= Dyadic(max_elementary_argument)); }

}  // namespace

Integer exp_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return Integer::power_of_two(fraction);
    }
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.exp(at.of(x)); });
}

Integer exp2_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    const Integer whole = floor_divide(x, 1);
    const Dyadic rest = x - Dyadic(whole);
    const int shift = static_cast<int>(whole.to_int64());
    if (rest.is_zero()) {
        return fraction + shift >= 0 ? Integer::power_of_two(fraction + shift) : Integer(fraction + shift == -1 ? 1 : 0);
    }
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.scale(at.exp(at.multiply(at.of(rest), at.log_of_two())), shift); });
}

Integer log_rounded(const Dyadic& x, int fraction) {
    LUTRA_ASSERT(x.sign() > 0);
    if (x == Dyadic(1)) {
        return 0;
    }
    // log(2^e * m) with m in [1, 2), so that small x keep their digits.
    const int exponent = x.exponent() + x.mantissa().bit_length() - 1;
    const Dyadic mantissa = x * Dyadic(Integer(1), -exponent);
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) {
        const Enclosure logs = at.log_of_two();
        const Integer count = exponent < 0 ? -exponent : exponent;
        const Enclosure of_power{logs.low * count, logs.high * count};
        return at.log(at.of(mantissa)) + (exponent < 0 ? -of_power : of_power);
    });
}

Integer sigmoid_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return fraction > 0 ? Integer::power_of_two(fraction - 1) : Integer(1);
    }
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.sigmoid(at.of(x)); });
}

Integer tanh_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return 0;
    }
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.scale(at.sigmoid(at.of(x * Dyadic(2))), 1) - at.of(1); });
}

Integer erf_rounded(const Dyadic& x, int fraction) {
    if (x.sign() <= 0) {
        return x.is_zero() ? Integer(0) : -erf_rounded(-x, fraction);
    }
    return round_enclosed(fraction, [&](const IntervalArithmetic& at) { return at.erf(at.of(x)); });
}

Integer reciprocal_rounded(const Dyadic& x, int fraction) {
    LUTRA_ASSERT(x.sign() > 0);
    return (floor_divide(Dyadic(Integer(1), fraction + 1), x) + Integer(1)) >> 1;
}

Integer root_of_quotient_rounded(const Dyadic& a, const Dyadic& b, int fraction) {
    LUTRA_ASSERT(a.sign() >= 0 && b.sign() > 0);
    // The floor of a root is that of the root of the floor.
    return (floor_square_root(floor_divide(a * Dyadic(Integer(1), 2 * fraction + 2), b)) + Integer(1)) >> 1;
}

Integer natural_log_of_two(int fraction) { return IntervalArithmetic(fraction).log_of_two().low; }

}  // namespace lutra
