#include "lutra/ops/softmax_line.h"

#include <algorithm>
#include <bit>

#include "lutra/num/elementary.h"
#include "lutra/ops/tournament.h"

namespace lutra {

namespace {

/// Bits behind the point of every exponential: (N + 1) * 2^-fraction <= E / 8, and never fewer than the table of 2^-f gives.
int exponential_fraction(std::size_t length, int error_bits) {
    return error_bits + 3 + std::max(3, static_cast<int>(std::bit_width(length + 1)));
}

/// exp(-x) for x >= 0.
RealFunction exponential_function(int fraction) {
    return {.rounded = [](const Dyadic& x, int f) { return exp_rounded(-x, f); },
            .max_slope = 1,
            .max_curvature = 1,
            .lowest = 0,
            .highest = 1,
            .right = Asymptote{multiple_of_log_two(fraction), 0}};
}

/// 2^-x for x in [0, 1].
RealFunction power_function() {
    return {.rounded = [](const Dyadic& x, int f) { return exp2_rounded(-x, f); },
            .max_slope = Dyadic(Integer(3), -2),
            .max_curvature = Dyadic(Integer(1), -1),  // ln(2)^2 = 0.4804...
            .lowest = Dyadic(Integer(1), -1),
            .highest = 1};
}

/// 1 / (1 + x) for x in [0, 1].
RealFunction reciprocal_function() {
    return {.rounded = [](const Dyadic& x, int f) { return reciprocal_rounded(x + Dyadic(1), f); },
            .max_slope = 1,
            .max_curvature = 2,
            .lowest = Dyadic(Integer(1), -1),
            .highest = 1};
}

/// Every value moved by the same constant, such that the first has no offset: softmax does not see that.
std::vector<AffineWire> without_common_offset(std::span<const AffineWire> x) {
    std::vector<AffineWire> moved(x.begin(), x.end());
    for (AffineWire& value : moved) {
        value.offset = value.offset - x[0].offset;
    }
    return moved;
}

}  // namespace

SoftmaxLine::SoftmaxLine(std::size_t length, int error_bits)
    : length_(length),
      error_bits_(error_bits),
      fraction_(exponential_fraction(length, error_bits)),
      exponential_(exponential_function(fraction_), fraction_),
      power_of_two_(power_function(), error_bits + 6),
      reciprocal_(reciprocal_function(), error_bits + 4) {}

std::vector<AffineWire> SoftmaxLine::lower(CircuitBuilder& builder, std::span<const AffineWire> x) {
    if (length_ == 1) {
        return {{builder.constant(1)}};
    }
    const ScaledWires values = with_common_scale(builder, without_common_offset(x));
    std::vector<Wire> exponentials;
    std::vector<LinearTerm> terms;
    for (const Wire distance : distances(builder, values.wires)) {
        exponentials.push_back(exponential(builder, distance, values.scale));
        terms.push_back({exponentials.back(), 1});
    }
    const Wire sum = builder.max(builder.sum(terms, 0), builder.constant(1));
    const Wire r = inverse(builder, sum);
    const FixedPointType probability{false, error_bits_ + 1, error_bits_};
    std::vector<AffineWire> result;
    for (const Wire e : exponentials) {
        const Wire product = builder.multiply(builder.round(e, error_bits_ + 5, Rounding::Truncate), r);
        const Wire rounded = builder.align(builder.round(product, error_bits_, Rounding::HalfUp), error_bits_);
        result.push_back({builder.wrap(rounded, probability)});  // a product of two numbers up to 1: nothing is cut
    }
    return result;
}

std::vector<Wire> SoftmaxLine::distances(CircuitBuilder& builder, const std::vector<Wire>& values) const {
    const Wire largest = tournament(values, [&](Wire a, Wire b) { return builder.max(a, b); });
    std::vector<Wire> result;
    for (const Wire value : values) {
        const Wire distance = builder.subtract(largest, value);
        // Never negative, which intervals cannot know: the sign is cut off.
        const FixedPointType type =
            smallest_type(0, std::max(builder.interval(distance).high, Integer(0)), builder.type(distance).fraction);
        result.push_back(builder.wrap(distance, type));
    }
    return result;
}

Wire SoftmaxLine::exponential(CircuitBuilder& builder, Wire distance, const Dyadic& scale) {
    const Interval range = builder.interval(distance);
    if (range.high - range.low < Integer(FunctionApproximation::max_direct_entries)) {
        return exponential_.lower(builder, {distance, scale});
    }
    return exponential_of_wide(builder, distance, scale);
}

/// exp(-d) = 2^-k * 2^-f with k + f = d / ln 2. Relative errors: d cut to 2^-(n+6), the factor 1 / ln 2 rounded 2^-(n+7), k + f cut
/// 0.7 * 2^-(n+8), the table of 2^-f twice 2^-(n+6); together below 2^-(n+4).
Wire SoftmaxLine::exponential_of_wide(CircuitBuilder& builder, Wire distance, const Dyadic& scale) {
    const int fraction = builder.type(distance).fraction;
    const Dyadic unit = scale * Dyadic(Integer(1), -fraction);
    const int unit_exponent = unit.mantissa().bit_length() + unit.exponent();  // unit < 2^unit_exponent
    const int dropped = std::max(0, -(error_bits_ + 6) - unit_exponent);
    const Dyadic step = unit * Dyadic(Integer(1), dropped);
    const Integer farthest = -floor_divide(-multiple_of_log_two(fraction_ + 1), step);
    const Wire integer = builder.scale(distance, fraction);
    const Wire cut = builder.round(builder.scale(integer, -dropped), 0, Rounding::Truncate);
    const Wire near = builder.min(cut, builder.constant(Dyadic(farthest)));

    const int factor_fraction = error_bits_ + 7 + farthest.bit_length();
    constexpr int log_fraction = 128;
    const Integer factor =
        floor_divide(step * Dyadic(Integer(1), factor_fraction + log_fraction), Dyadic(natural_log_of_two(log_fraction)));
    const std::array terms = {LinearTerm{near, Dyadic(factor, -factor_fraction)}};
    const int power_fraction = error_bits_ + 8;
    const Wire power = builder.align(builder.round(builder.sum(terms, 0), power_fraction, Rounding::Truncate), power_fraction);
    const Wire whole = builder.round(power, 0, Rounding::Truncate);
    const Wire part = builder.bits(power, 0, power_fraction);
    Wire result = power_of_two_.lower(builder, {part, Dyadic(Integer(1), -power_fraction)});
    result = builder.align(result, fraction_);
    const int num_stages = builder.interval(whole).high.bit_length();
    for (int stage = 0; stage < num_stages; ++stage) {
        const Wire moved = builder.align(builder.round(builder.scale(result, -(1 << stage)), fraction_, Rounding::Truncate), fraction_);
        result = builder.mux(builder.bits(whole, stage, 1), moved, result);
    }
    return result;
}

/// 1 / s for 1 <= s <= N: s = 2^j * m with m in [1, 2), found by shifting out leading zeros in stages; then 1 / s = 2^-j * table(m).
Wire SoftmaxLine::inverse(CircuitBuilder& builder, Wire sum) {
    const int largest_shift = static_cast<int>(std::bit_width(length_)) - 1;
    const int width = largest_shift + 1 + fraction_;
    const FixedPointType type{false, width, 0};
    Wire normalised = builder.extend(builder.scale(builder.align(sum, fraction_), fraction_), type);
    std::vector<std::pair<Wire, int>> shifts;
    for (int amount = static_cast<int>(std::bit_floor(static_cast<unsigned>(largest_shift))); amount > 0; amount /= 2) {
        const Wire has_zeros = builder.less(normalised, builder.constant(Dyadic(Integer(1), width - amount)));
        const Wire moved = builder.wrap(builder.align(builder.scale(normalised, amount), 0), type);
        normalised = builder.extend(builder.mux(has_zeros, moved, normalised), type);
        shifts.emplace_back(has_zeros, amount);
    }
    const Wire mantissa = builder.bits(normalised, 0, width - 1);
    Wire result = builder.scale(reciprocal_.lower(builder, {mantissa, Dyadic(Integer(1), 1 - width)}), -largest_shift);
    for (const auto& [has_zeros, amount] : shifts) {
        result = builder.mux(has_zeros, builder.scale(result, amount), result);
    }
    const int kept = error_bits_ + 5;
    const Wire cut = builder.align(builder.round(result, kept, Rounding::Truncate), kept);
    return builder.wrap(cut, {false, kept + 1, kept});  // at most 1
}

}  // namespace lutra
