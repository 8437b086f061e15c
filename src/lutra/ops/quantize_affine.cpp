#include "lutra/ops/quantize_affine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace lutra {

namespace {

/// q as a function of the raw integer A of the wire: y = slope * A + intercept in exact rational numbers, then rounded and clamped.
/// Both are fractions over one positive denominator.
struct StepFunction {
    Integer slope;
    Integer intercept;
    Integer denominator;
    Interval domain;  ///< of A
    const Quantize::Element* element;

    /// q of the integer A.
    Integer operator()(const Integer& a) const {
        // Two bits below the point and a sticky one keep every tie and every integer apart.
        constexpr int fraction = 3;
        const Integer numerator = (slope * a + intercept) << fraction;
        Integer quotient = floor_divide(numerator, denominator);
        if (quotient * denominator != numerator) {
            quotient = quotient | Integer(1);
        }
        return std::clamp(round_raw(quotient, fraction, element->quantization.rounding), element->range.low, element->range.high);
    }

    /// The smallest A of the domain with q(A) >= level; the function does not fall.
    Integer first_at_least(const Integer& level) const {
        Integer low = domain.low;
        Integer high = domain.high;
        while (low < high) {
            const Integer middle = (low + high) >> 1;
            if ((*this)(middle) >= level) {
                high = middle;
            } else {
                low = middle + Integer(1);
            }
        }
        return low;
    }
};

Integer numerator_over(const Dyadic& value, int exponent) { return value.is_zero() ? Integer(0) : value.mantissa() << (value.exponent() - exponent); }

/// value / scale + zero_point = (value.scale * 2^-f * A + value.offset + zero_point * scale) / scale.
StepFunction step_function(const CircuitBuilder& builder, const AffineWire& value, const Quantize::Element& element) {
    const Dyadic slope = value.scale * Dyadic(Integer(1), -builder.type(value.wire).fraction);
    const Dyadic intercept = value.offset + Dyadic(element.zero_point) * element.scale;
    const int exponent = std::min({slope.exponent(), intercept.exponent(), element.scale.exponent()});
    return {numerator_over(slope, exponent), numerator_over(intercept, exponent), numerator_over(element.scale, exponent), builder.interval(value.wire),
            &element};
}

bool only_floors(Rounding rounding) { return rounding == Rounding::Truncate || rounding == Rounding::HalfUp; }

/// The wire y for a ratio of scales that is a power of two: the wire moved by it, plus the intercept, in units of q.
/// An intercept between two values that the wire can take changes no decision by where it is between them, so it is put half-way.
Wire shifted(CircuitBuilder& builder, const AffineWire& value, const Quantize::Element& element) {
    const Wire moved = builder.scale(value.wire, value.scale.exponent() - element.scale.exponent());
    const int grid_fraction = std::max(builder.type(moved).fraction, 1);
    const Dyadic offset = value.offset + Dyadic(element.zero_point) * element.scale;
    const Dyadic grid = element.scale * Dyadic(Integer(1), -grid_fraction);
    const Integer steps = floor_divide(offset, grid);
    Dyadic rounded(steps, -grid_fraction);
    if (Dyadic(steps) * grid != offset && !only_floors(element.quantization.rounding)) {
        rounded = rounded + Dyadic(Integer(1), -grid_fraction - 1);
    }
    return builder.add_constant(moved, rounded);
}

Wire clamp_to(CircuitBuilder& builder, Wire q, const Quantize::Element& element) {
    return builder.extend(builder.clamp(q, Dyadic(element.range.low), Dyadic(element.range.high)), element.quantization.type);
}

Wire quantize_shifted(CircuitBuilder& builder, Wire y, const Quantize::Element& element) {
    const bool clamps = element.quantization.overflow == Overflow::Saturate || element.quantization.overflow == Overflow::SaturateSymmetric;
    if (!clamps || element.quantization.type.width == 0) {
        return builder.quantize(y, element.quantization);
    }
    return clamp_to(builder, builder.align(builder.round(y, 0, element.quantization.rounding), 0), element);
}

/// q = lowest level + number of thresholds reached.
Wire count_thresholds(CircuitBuilder& builder, Wire a, const std::vector<Integer>& thresholds, const Integer& lowest) {
    std::vector<LinearTerm> terms;
    for (const Integer& threshold : thresholds) {
        terms.push_back({builder.less_equal(builder.constant(Dyadic(threshold)), a)});
    }
    return builder.sum(terms, Dyadic(lowest));
}

/// q = floor((factor * A + addend) / 2^shift) for the smallest shift for which that is right at every threshold.
struct Reciprocal {
    Integer factor;
    Integer addend;
    int shift;
};

std::optional<Reciprocal> find_reciprocal(const StepFunction& f, const std::vector<Integer>& thresholds, const Integer& lowest) {
    const int largest_shift = f.domain.high.bit_length() + f.domain.low.bit_length() + f.denominator.bit_length() + 8;
    for (int shift = 0; shift <= largest_shift; ++shift) {
        const Integer factor = floor_divide((f.slope << (shift + 1)) + f.denominator, f.denominator << 1);
        // The ends of the domain must not leave the levels, but where the clamp behind it stops them anyway.
        std::optional<Integer> least;
        std::optional<Integer> most;
        if (lowest != f.element->range.low) {
            least = (lowest << shift) - factor * f.domain.low;
        }
        Integer level = lowest;
        if (const Integer highest = lowest + Integer(static_cast<std::int64_t>(thresholds.size())); highest != f.element->range.high) {
            most = ((highest + Integer(1)) << shift) - factor * f.domain.high - Integer(1);
        }
        for (const Integer& threshold : thresholds) {
            level += 1;
            const Integer at_least = (level << shift) - factor * threshold;
            const Integer at_most = (level << shift) - factor * (threshold - Integer(1)) - Integer(1);
            least = least ? std::max(*least, at_least) : at_least;
            most = most ? std::min(*most, at_most) : at_most;
        }
        if (least && *least <= *most && factor.sign() > 0) {
            return Reciprocal{factor, *least, shift};
        }
    }
    return std::nullopt;
}

Result<Wire> quantize_steps(CircuitBuilder& builder, Wire a, const StepFunction& f) {
    constexpr std::int64_t most_levels = 1 << 16;
    constexpr std::size_t most_comparators = 7;
    const Integer lowest = f(f.domain.low);
    const Integer highest = f(f.domain.high);
    if (highest - lowest > Integer(most_levels)) {
        return fail(DiagnosticId::NotExact, "quantize",
                    fmt::format("the scales differ by a factor that is no power of two and {} levels are reached; at most {} are supported",
                                (highest - lowest + Integer(1)).to_string(), most_levels + 1),
                    "use a power-of-two scale, or fewer bits");
    }
    if (f.domain.high - f.domain.low < Integer::power_of_two(6)) {
        return builder.table(a, 0, f);
    }
    std::vector<Integer> thresholds;
    for (Integer level = lowest + Integer(1); level <= highest; level += 1) {
        thresholds.push_back(f.first_at_least(level));
    }
    if (thresholds.size() <= most_comparators) {
        return count_thresholds(builder, a, thresholds, lowest);
    }
    // Equal thresholds (steps of more than one level) and a narrow domain are left to a table.
    const bool is_strict = std::ranges::adjacent_find(thresholds) == thresholds.end();
    const auto reciprocal = is_strict ? find_reciprocal(f, thresholds, lowest) : std::nullopt;
    if (reciprocal) {
        const std::array terms = {LinearTerm{a, Dyadic(reciprocal->factor)}};
        const Wire product = builder.sum(terms, Dyadic(reciprocal->addend));
        return builder.round(builder.scale(product, -reciprocal->shift), 0, Rounding::Truncate);
    }
    if (f.domain.high - f.domain.low < Integer::power_of_two(CircuitBuilder::max_table_bits)) {
        return builder.table(a, 0, f);
    }
    return count_thresholds(builder, a, thresholds, lowest);
}

}  // namespace

Result<Wire> quantize_affine(CircuitBuilder& builder, const AffineWire& value, const Quantize::Element& element) {
    AffineWire positive = value;
    if (value.scale.sign() < 0) {
        positive.wire = builder.negate(value.wire);
        positive.scale = -value.scale;
    }
    if (positive.scale.mantissa() == element.scale.mantissa()) {
        return quantize_shifted(builder, shifted(builder, positive, element), element);
    }
    const bool clamps = element.quantization.overflow == Overflow::Saturate || element.quantization.overflow == Overflow::SaturateSymmetric;
    if (builder.interval(positive.wire).is_constant() || clamps) {
        const StepFunction f = step_function(builder, positive, element);
        const Wire integers = builder.scale(positive.wire, builder.type(positive.wire).fraction);
        LUTRA_TRY(const Wire q, quantize_steps(builder, integers, f));
        return clamp_to(builder, q, element);
    }
    if (const Integer ratio = floor_divide(positive.scale.mantissa(), element.scale.mantissa());
        ratio * element.scale.mantissa() == positive.scale.mantissa()) {
        // A common factor of the weights, which the sum took out: its bits are needed.
        const std::array terms = {LinearTerm{positive.wire, Dyadic(ratio)}};
        const AffineWire multiplied{builder.sum(terms, Dyadic(0)), Dyadic(element.scale.mantissa(), positive.scale.exponent()), positive.offset};
        return quantize_shifted(builder, shifted(builder, multiplied, element), element);
    }
    return fail(
        DiagnosticId::NotExact, "quantize",
        fmt::format("overflow {} with scales whose ratio is no integer times a power of two has no exact form", to_string(element.quantization.overflow)),
        "use saturation, or power-of-two scales");
}

}  // namespace lutra
