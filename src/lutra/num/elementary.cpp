#include "lutra/num/elementary.h"

#include <algorithm>
#include <functional>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

/// A real number known to lie in [low, high] * 2^-fraction.
struct Enclosure {
    Integer low;
    Integer high;
};

Integer ceiling_shift(const Integer& value, int shift) { return -(-value >> shift); }

Integer ceiling_divide(const Integer& a, const Integer& b) { return -floor_divide(-a, b); }

Enclosure square(const Enclosure& x, int fraction) { return {(x.low * x.low) >> fraction, ceiling_shift(x.high * x.high, fraction)}; }

/// 1 / x for x > 0.
Enclosure reciprocal(const Enclosure& x, int fraction) {
    const Integer one = Integer::power_of_two(2 * fraction);
    return {floor_divide(one, x.high), ceiling_divide(one, x.low)};
}

/// exp(x) for 0 <= x, by Taylor's series of x / 2^halvings, squared that many times.
Enclosure exp_positive(const Enclosure& x, int fraction) {
    constexpr int series_bits = 4;  // the series runs below 2^-4
    const int halvings = std::max(0, x.high.bit_length() - fraction + series_bits);
    const Enclosure reduced{x.low >> halvings, ceiling_shift(x.high, halvings)};
    const Integer one = Integer::power_of_two(fraction);
    Enclosure sum{one, one};
    Enclosure term{one, one};
    for (int n = 1; !term.low.is_zero(); ++n) {
        term = {floor_divide((term.low * reduced.low) >> fraction, Integer(n)),
                ceiling_divide(ceiling_shift(term.high * reduced.high, fraction), Integer(n))};
        sum = {sum.low + term.low, sum.high + term.high};
    }
    sum.high += term.high;  // the rest is below term / 16 + term / 16^2 + ... < term
    for (int i = 0; i < halvings; ++i) {
        sum = square(sum, fraction);
    }
    return sum;
}

/// exp of an enclosure whose ends have one sign.
Enclosure exp_enclosure(const Enclosure& x, int fraction) {
    if (x.high.sign() <= 0) {
        return reciprocal(exp_positive({-x.high, -x.low}, fraction), fraction);
    }
    return exp_positive(x, fraction);
}

Enclosure enclosure_of(const Dyadic& x, int fraction) {
    const Dyadic scaled = x * Dyadic(Integer(1), fraction);
    return {floor_divide(scaled, 1), -floor_divide(-scaled, 1)};
}

/// The nearest integer to a number that is computed to any precision, at the given fraction.
Integer rounded(int fraction, const std::function<Enclosure(int precision)>& compute) {
    for (int precision = std::max(fraction, 0) + 12;; precision += precision / 2) {
        const Enclosure value = compute(precision);
        const int drop = precision - fraction;
        const Integer half = Integer::power_of_two(drop - 1);
        const Integer low = (value.low + half) >> drop;
        if (low == (value.high + half) >> drop) {
            return low;
        }
    }
}

/// Twice the inverse hyperbolic tangent of 1/3: ln 2 = 2 * sum over i of 1 / ((2 i + 1) * 3^(2 i + 1)).
Enclosure log_of_two(int fraction) {
    const int precision = fraction + 16;
    Integer power = floor_divide(Integer::power_of_two(precision + 1), Integer(3));
    Integer sum = 0;
    int count = 0;
    for (; !power.is_zero(); power = floor_divide(power, Integer(9))) {
        sum += floor_divide(power, Integer(2 * count + 1));
        ++count;
    }
    // Every term lost less than 3 units to its floors, the rest of the series is below one.
    return {sum >> 16, ceiling_shift(sum + Integer(3 * count + 3), 16)};
}

void check_argument(const Dyadic& x) { LUTRA_ASSERT(x <= Dyadic(max_elementary_argument) && -x <= Dyadic(max_elementary_argument)); }

Enclosure sigmoid_enclosure(const Dyadic& x, int precision) {
    const Enclosure e = exp_enclosure(enclosure_of(-x, precision), precision);
    const Integer one = Integer::power_of_two(precision);
    return reciprocal({one + e.low, one + e.high}, precision);
}

}  // namespace

Integer exp_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return Integer::power_of_two(fraction);
    }
    return rounded(fraction, [&](int precision) { return exp_enclosure(enclosure_of(x, precision), precision); });
}

Integer exp2_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    const Integer whole = floor_divide(x, 1);
    const Dyadic rest = x - Dyadic(whole);
    const int shift = static_cast<int>(whole.to_int64());
    if (rest.is_zero()) {
        return fraction + shift >= 0 ? Integer::power_of_two(fraction + shift) : Integer(fraction + shift == -1 ? 1 : 0);
    }
    return rounded(fraction, [&](int precision) {
        const Enclosure log = log_of_two(precision);
        const Enclosure argument = enclosure_of(rest, precision);
        const Enclosure value =
            exp_enclosure({(argument.low * log.low) >> precision, ceiling_shift(argument.high * log.high, precision)}, precision);
        return shift >= 0 ? Enclosure{value.low << shift, value.high << shift}
                          : Enclosure{value.low >> -shift, ceiling_shift(value.high, -shift)};
    });
}

Integer sigmoid_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return fraction > 0 ? Integer::power_of_two(fraction - 1) : Integer(1);
    }
    return rounded(fraction, [&](int precision) { return sigmoid_enclosure(x, precision); });
}

Integer tanh_rounded(const Dyadic& x, int fraction) {
    check_argument(x);
    if (x.is_zero()) {
        return 0;
    }
    return rounded(fraction, [&](int precision) {
        const Enclosure half = sigmoid_enclosure(x * Dyadic(2), precision);
        const Integer one = Integer::power_of_two(precision);
        return Enclosure{half.low + half.low - one, half.high + half.high - one};
    });
}

Integer reciprocal_rounded(const Dyadic& x, int fraction) {
    LUTRA_ASSERT(x.sign() > 0);
    return (floor_divide(Dyadic(Integer(1), fraction + 1), x) + Integer(1)) >> 1;
}

Integer natural_log_of_two(int fraction) { return log_of_two(fraction).low; }

}  // namespace lutra
