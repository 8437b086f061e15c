#include "lutra/ops/exponential.h"

#include <algorithm>
#include <array>

#include "lutra/num/elementary.h"

namespace lutra {

namespace {

/// 2^-x for x in [0, 1].
RealFunction power_function() {
    return {.rounded = [](const Dyadic& x, int f) { return exp2_rounded(-x, f); },
            .max_slope = Dyadic(Integer(3), -2),
            .max_curvature = Dyadic(Integer(1), -1),  // ln(2)^2 = 0.4804...
            .lowest = Dyadic(Integer(1), -1),
            .highest = 1};
}

/// The integers r with low <= step * r <= high, or a little more.
Interval range_of(const Dyadic& low, const Dyadic& high, const Dyadic& step) {
    if (step.sign() < 0) {
        return {-floor_divide(high, -step), -floor_divide(low, -step)};
    }
    return {floor_divide(low, step), floor_divide(high, step)};
}

}  // namespace

Exponential::Exponential(int precision, int fraction) : precision_(precision), fraction_(fraction), power_of_two_(power_function(), precision + 6) {}

Wire Exponential::lower(CircuitBuilder& builder, const AffineWire& x, int top) {
    const int x_fraction = builder.type(x.wire).fraction;
    const Dyadic unit = x.scale * Dyadic(Integer(1), -x_fraction);
    const int unit_exponent = unit.mantissa().bit_length() + unit.exponent();  // |unit| < 2^unit_exponent
    const int dropped = std::max(0, -(precision_ + 6) - unit_exponent);
    const Dyadic step = unit * Dyadic(Integer(1), dropped);
    const int fraction = fraction_ + top;                                // of 2^-(k + f)
    const Dyadic below_top = Dyadic(top) * Dyadic(Integer(45426), -16);  // 0.693145..., ln 2 = 0.693147...
    const Interval near_range = range_of(-multiple_of_log_two(fraction + 1 - top), below_top, step);
    const Wire cut = builder.round(builder.scale(builder.scale(x.wire, x_fraction), -dropped), 0, Rounding::Truncate);
    const Wire near = builder.clamp(cut, Dyadic(near_range.low), Dyadic(near_range.high));

    const int factor_fraction = precision_ + 7 + std::max(near_range.low.abs(), near_range.high.abs()).bit_length();
    constexpr int log_fraction = 128;
    const Dyadic magnitude = step.sign() < 0 ? -step : step;
    const Integer factor = floor_divide(magnitude * Dyadic(Integer(1), factor_fraction + log_fraction), Dyadic(natural_log_of_two(log_fraction)));
    const std::array terms = {LinearTerm{near, Dyadic(step.sign() < 0 ? factor : -factor, -factor_fraction)}};
    const int power_fraction = precision_ + 8;
    const Wire power = builder.align(builder.round(builder.sum(terms, Dyadic(top)), power_fraction, Rounding::Truncate), power_fraction);
    const Wire whole = builder.round(power, 0, Rounding::Truncate);
    const Wire part = builder.bits(power, 0, power_fraction);
    Wire result = power_of_two_.lower(builder, {part, Dyadic(Integer(1), -power_fraction)});
    result = builder.align(result, fraction);
    const int num_stages = builder.interval(whole).high.bit_length();
    for (int stage = 0; stage < num_stages; ++stage) {
        const Wire moved = builder.align(builder.round(builder.scale(result, -(1 << stage)), fraction, Rounding::Truncate), fraction);
        result = builder.mux(builder.bits(whole, stage, 1), moved, result);
    }
    return builder.scale(result, top);
}

}  // namespace lutra
