#include "lutra/num/interval_arithmetic.h"

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

Integer ceiling_shift(const Integer& value, int shift) { return -(-value >> shift); }

Integer ceiling_divide(const Integer& a, const Integer& b) { return -floor_divide(-a, b); }

}  // namespace

Enclosure IntervalArithmetic::of(const Dyadic& x) const {
    const Dyadic scaled = x * Dyadic(Integer(1), precision_);
    return {floor_divide(scaled, 1), -floor_divide(-scaled, 1)};
}

Enclosure IntervalArithmetic::ratio(const Integer& numerator, const Integer& denominator) const {
    const Integer scaled = numerator << precision_;
    return {floor_divide(scaled, denominator), ceiling_divide(scaled, denominator)};
}

Enclosure IntervalArithmetic::scale(const Enclosure& x, int exponent) const {
    return exponent >= 0 ? Enclosure{x.low << exponent, x.high << exponent} : Enclosure{x.low >> -exponent, ceiling_shift(x.high, -exponent)};
}

Enclosure IntervalArithmetic::multiply(const Enclosure& a, const Enclosure& b) const {
    const auto [low, high] = std::ranges::minmax(std::array{a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    return {low >> precision_, ceiling_shift(high, precision_)};
}

Enclosure IntervalArithmetic::square(const Enclosure& x) const { return {(x.low * x.low) >> precision_, ceiling_shift(x.high * x.high, precision_)}; }

Enclosure IntervalArithmetic::reciprocal(const Enclosure& x) const {
    LUTRA_ASSERT(x.low.sign() > 0);
    const Integer one = Integer::power_of_two(2 * precision_);
    return {floor_divide(one, x.high), ceiling_divide(one, x.low)};
}

Enclosure IntervalArithmetic::square_root(const Enclosure& x) const {
    return {floor_square_root(x.low << precision_), floor_square_root(x.high << precision_) + Integer(1)};
}

/// exp(x) for 0 <= x, by Taylor's series of x / 2^halvings, squared that many times.
Enclosure IntervalArithmetic::exp_positive(const Enclosure& x) const {
    constexpr int series_bits = 4;  // the series runs below 2^-4
    const int halvings = std::max(0, x.high.bit_length() - precision_ + series_bits);
    const Enclosure reduced = scale(x, -halvings);
    const Integer one = Integer::power_of_two(precision_);
    Enclosure sum{one, one};
    Enclosure term{one, one};
    for (int n = 1; !term.low.is_zero(); ++n) {
        term = {floor_divide((term.low * reduced.low) >> precision_, Integer(n)),
                ceiling_divide(ceiling_shift(term.high * reduced.high, precision_), Integer(n))};
        sum = sum + term;
    }
    sum.high += term.high;  // the rest is below term / 16 + term / 16^2 + ... < term
    for (int i = 0; i < halvings; ++i) {
        sum = square(sum);
    }
    return sum;
}

Enclosure IntervalArithmetic::exp(const Enclosure& x) const { return x.high.sign() <= 0 ? reciprocal(exp_positive(-x)) : exp_positive(x); }

/// x = 2^k * m, and log m = 2 artanh((m - 1) / (m + 1)) = 2 * sum over i of z^(2 i + 1) / (2 i + 1) with z <= 1/3.
Enclosure IntervalArithmetic::log(const Enclosure& x) const {
    LUTRA_ASSERT(x.low.sign() > 0);
    const int k = x.low.bit_length() - 1 - precision_;
    const Integer one = Integer::power_of_two(precision_);
    const Enclosure m = scale(x, -k);
    const auto quotient = [&](const Integer& end) { return (end - one) << precision_; };
    const Enclosure z{floor_divide(quotient(m.low), m.low + one), ceiling_divide(quotient(m.high), m.high + one)};
    const Enclosure z2 = square(z);
    Enclosure power = z;
    Enclosure sum{0, 0};
    for (int n = 1;; n += 2) {
        sum = sum + Enclosure{floor_divide(power.low, Integer(n)), ceiling_divide(power.high, Integer(n))};
        if (power.low.is_zero()) {
            break;
        }
        power = multiply(power, z2);
    }
    sum.high += power.high;  // z^2 <= 1/8: the rest is below a term
    const Enclosure logs = log_of_two();
    const Enclosure of_power = k >= 0 ? Enclosure{logs.low * Integer(k), logs.high * Integer(k)} : -Enclosure{logs.low * Integer(-k), logs.high * Integer(-k)};
    return scale(sum, 1) + of_power;
}

Enclosure IntervalArithmetic::sigmoid(const Enclosure& x) const {
    const Integer one = Integer::power_of_two(precision_);
    return reciprocal(Enclosure{one, one} + exp(-x));
}

/// erf(x) = 2 / sqrt(pi) * exp(-x^2) * sum over n of 2^n x^(2 n + 1) / (1 * 3 * ... * (2 n + 1)): Abramowitz and Stegun 7.1.6, all terms positive.
Enclosure IntervalArithmetic::erf(const Enclosure& x) const {
    const Enclosure x2 = square(x);
    const Enclosure twice = scale(x2, 1);
    Enclosure term = x;
    Enclosure sum = x;
    // From there on each term is below half of the one before, so the rest is below a term.
    const Integer first_small = (twice.high >> precision_) * Integer(2) + Integer(2);
    for (int n = 3; !term.low.is_zero() || Integer(n) < first_small; n += 2) {
        const Enclosure product = multiply(term, twice);
        term = {floor_divide(product.low, Integer(n)), ceiling_divide(product.high, Integer(n))};
        sum = sum + term;
    }
    sum.high += term.high;
    return scale(multiply(multiply(sum, exp(-x2)), reciprocal(square_root(pi()))), 1);
}

/// Twice the inverse hyperbolic tangent of 1/3: ln 2 = 2 * sum over i of 1 / ((2 i + 1) * 3^(2 i + 1)).
Enclosure IntervalArithmetic::log_of_two() const {
    constexpr int guard = 16;
    Integer power = floor_divide(Integer::power_of_two(precision_ + guard + 1), Integer(3));
    Integer sum = 0;
    int count = 0;
    for (; !power.is_zero(); power = floor_divide(power, Integer(9))) {
        sum += floor_divide(power, Integer(2 * count + 1));
        ++count;
    }
    // Every term lost less than 3 units to its floors, the rest of the series is below one.
    return {sum >> guard, ceiling_shift(sum + Integer(3 * count + 3), guard)};
}

/// arctan(1/x) = 1/x - 1/(3 x^3) + ...
Enclosure IntervalArithmetic::arctangent_of_inverse(int x) const {
    constexpr int guard = 16;
    Integer power = floor_divide(Integer::power_of_two(precision_ + guard), Integer(x));
    Integer sum = 0;
    int count = 0;
    for (; !power.is_zero(); power = floor_divide(power, Integer(x * x))) {
        const Integer term = floor_divide(power, Integer(2 * count + 1));
        sum = count % 2 == 0 ? sum + term : sum - term;
        ++count;
    }
    const Integer slack = 3 * count + 3;  // as in log_of_two()
    return {(sum - slack) >> guard, ceiling_shift(sum + slack, guard)};
}

/// Machin's formula: pi = 16 arctan(1/5) - 4 arctan(1/239).
Enclosure IntervalArithmetic::pi() const { return scale(arctangent_of_inverse(5), 4) - scale(arctangent_of_inverse(239), 2); }

Integer round_enclosed(int fraction, const std::function<Enclosure(const IntervalArithmetic&)>& compute) {
    for (int precision = std::max(fraction, 0) + 12;; precision += precision / 2) {
        const Enclosure value = compute(IntervalArithmetic(precision));
        const int drop = precision - fraction;
        const Integer half = Integer::power_of_two(drop - 1);
        const Integer low = (value.low + half) >> drop;
        if (low == (value.high + half) >> drop) {
            return low;
        }
    }
}

}  // namespace lutra
