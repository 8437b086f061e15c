#include "lutra/ops/function_approximation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra {

namespace {

/// a * 2^-shift rounded to the nearest integer, ties up; shift may be negative.
Integer shifted(const Integer& a, int shift) { return shift <= 0 ? a << -shift : (a + Integer::power_of_two(shift - 1)) >> shift; }

/// The largest exponent with factor * 2^exponent <= limit; both are positive.
int largest_exponent(const Dyadic& factor, const Dyadic& limit) {
    int exponent = limit.mantissa().bit_length() + limit.exponent() - factor.mantissa().bit_length() - factor.exponent();
    while (factor * Dyadic(Integer(1), exponent) > limit) {
        --exponent;
    }
    while (factor * Dyadic(Integer(1), exponent + 1) <= limit) {
        ++exponent;
    }
    return exponent;
}

Integer ceiling_divide(const Dyadic& a, const Dyadic& b) { return -floor_divide(-a, b); }

}  // namespace

Wire FunctionApproximation::lower(CircuitBuilder& builder, const AffineWire& x) {
    const int fraction = builder.type(x.wire).fraction;
    if (const auto constant = constant_value(builder, x)) {
        return builder.constant(Dyadic(value_at(*constant, error_bits_), -error_bits_));
    }
    const Dyadic slope = x.scale * Dyadic(Integer(1), -fraction);
    if (slope.is_zero()) {
        return builder.constant(Dyadic(value_at(x.offset, error_bits_), -error_bits_));
    }
    const Wire r = builder.scale(x.wire, fraction);
    const Plan direct = plan(slope, x.offset, true);
    const Integer most_entries = max_direct_entries;
    const auto has_few_entries = [&](const Interval& range) { return range.high - range.low < most_entries; };
    if (has_few_entries(builder.interval(r))) {
        return lower_direct(builder, r, direct);
    }
    const Plan segments = plan(slope, x.offset, false);
    if (segments.place_bits == 0 || has_few_entries(clamped(builder.interval(r), direct))) {
        return lower_direct(builder, clamped(builder, r, direct), direct);
    }
    return lower_segments(builder, clamped(builder, r, segments), segments);
}

FunctionApproximation::Plan FunctionApproximation::plan(const Dyadic& slope, const Dyadic& offset, bool is_direct) const {
    Plan result{slope, offset, 0, 0, {}, {}};
    if (!is_direct) {
        const Dyadic step = slope.sign() < 0 ? -slope : slope;
        const Dyadic error(Integer(1), -error_bits_);
        // max_slope * step * 2^dropped / 2 <= E / 32
        result.dropped_bits = std::max(0, largest_exponent(function_.max_slope * step, error * Dyadic(Integer(1), -4)));
        // (step * 2^(dropped + place))^2 * max_curvature / 8 <= E / 2
        const int twice = largest_exponent(step * step * function_.max_curvature, error * Dyadic(4));
        result.place_bits = std::max(0, (twice >> 1) - result.dropped_bits);
    }
    add_saturation(result);
    return result;
}

void FunctionApproximation::add_saturation(Plan& plan) const {
    const bool rises = plan.slope.sign() > 0;
    const auto& low_side = rises ? function_.left : function_.right;
    const auto& high_side = rises ? function_.right : function_.left;
    const Dyadic segment = plan.slope * Dyadic(Integer(1), plan.segment_bits());
    if (low_side) {
        plan.first_segment = floor_divide(low_side->at - plan.offset, segment) - Integer(1);
    }
    if (high_side) {
        plan.last_segment = ceiling_divide(high_side->at - plan.offset, segment);
    }
}

Interval FunctionApproximation::clamped(const Interval& range, const Plan& plan) {
    Interval result = range;
    if (plan.last_segment) {
        const Integer bound = *plan.last_segment << plan.segment_bits();
        result = {std::min(result.low, bound), std::min(result.high, bound)};
    }
    if (plan.first_segment) {
        const Integer bound = *plan.first_segment << plan.segment_bits();
        result = {std::max(result.low, bound), std::max(result.high, bound)};
    }
    return result;
}

Wire FunctionApproximation::clamped(CircuitBuilder& builder, Wire r, const Plan& plan) {
    const auto bound = [&](const Integer& segment) { return builder.constant(Dyadic(segment, plan.segment_bits())); };
    if (plan.last_segment) {
        r = builder.min(r, bound(*plan.last_segment));
    }
    if (plan.first_segment) {
        r = builder.max(r, bound(*plan.first_segment));
    }
    return r;
}

Integer FunctionApproximation::value_at(const Dyadic& x, int fraction) const {
    const auto constant = [fraction](const Saturation& saturation) {
        return floor_divide(saturation.value * Dyadic(Integer(1), fraction), 1);
    };
    if (function_.left && x <= function_.left->at) {
        return constant(*function_.left);
    }
    if (function_.right && x >= function_.right->at) {
        return constant(*function_.right);
    }
    return function_.rounded(x, fraction);
}

Wire FunctionApproximation::lower_direct(CircuitBuilder& builder, Wire r, const Plan& plan) {
    if (builder.interval(r).is_constant()) {
        return builder.constant(Dyadic(value_at(plan.slope * Dyadic(builder.interval(r).low) + plan.offset, error_bits_), -error_bits_));
    }
    const int fraction = error_bits_ - 1;  // rounding to nearest costs E
    const Interval range = builder.interval(r);
    auto [table, is_new] = direct_tables_.try_emplace(Key{plan, range.low, range.high});
    if (is_new) {
        for (Integer raw = range.low; raw <= range.high; raw += 1) {
            table->second.push_back(value_at(plan.slope * Dyadic(raw) + plan.offset, fraction));
        }
    }
    const Wire aligned = builder.align(r, 0);
    return builder.table(aligned, fraction,
                         [&](const Integer& raw) { return table->second[static_cast<std::size_t>((raw - range.low).to_int64())]; });
}

FunctionApproximation::Segments FunctionApproximation::make_segments(const Plan& plan, const Interval& range) const {
    const int fine = error_bits_ + 12;  // fraction of the values that bases and slopes are made of
    const Dyadic middle_of_place = Dyadic(Integer::power_of_two(plan.dropped_bits) - Integer(1), -1);
    const auto x_at = [&](const Integer& segment, const Dyadic& part) {
        const Dyadic r = (Dyadic(segment) + part) * Dyadic(Integer(1), plan.segment_bits()) + middle_of_place;
        return plan.slope * r + plan.offset;
    };
    const Integer half = Integer::power_of_two(4);  // of a unit of the result, in units of the base
    const auto constant = [&](const Saturation& saturation) {
        return floor_divide(saturation.value * Dyadic(Integer(1), error_bits_ + 5), 1) + half;
    };
    const bool rises = plan.slope.sign() > 0;
    Segments result;
    for (Integer segment = range.low; segment <= range.high; segment += 1) {
        if (plan.first_segment && segment <= *plan.first_segment) {
            result.bases.push_back(constant(rises ? *function_.left : *function_.right));
            result.slopes.push_back(0);
            continue;
        }
        if (plan.last_segment && segment >= *plan.last_segment) {
            result.bases.push_back(constant(rises ? *function_.right : *function_.left));
            result.slopes.push_back(0);
            continue;
        }
        const Integer begin = function_.rounded(x_at(segment, 0), fine);
        const Integer middle = function_.rounded(x_at(segment, Dyadic(Integer(1), -1)), fine);
        const Integer end = function_.rounded(x_at(segment, 1), fine);
        // Four times the base: begin + (middle - (begin + end) / 2) / 2.
        const Integer base = begin * Integer(3) + middle + middle - end;
        result.bases.push_back(shifted(base, fine + 2 - (error_bits_ + 5)) + half);
        result.slopes.push_back(shifted(end - begin, fine - (error_bits_ + 4)));
    }
    return result;
}

Wire FunctionApproximation::lower_segments(CircuitBuilder& builder, Wire r, const Plan& plan) {
    const Wire integer = builder.align(r, 0);
    const Wire segment = builder.round(builder.scale(integer, -plan.segment_bits()), 0, Rounding::Truncate);
    const Wire place = builder.bits(integer, plan.dropped_bits, plan.place_bits);
    const Interval range = builder.interval(segment);
    auto [tables, is_new] = segment_tables_.try_emplace(Key{plan, range.low, range.high});
    if (is_new) {
        tables->second = make_segments(plan, range);
    }
    const auto look_up = [&](const std::vector<Integer>& entries, int fraction) {
        const auto entry = [&](const Integer& raw) { return entries[static_cast<std::size_t>((raw - range.low).to_int64())]; };
        return range.is_constant() ? builder.constant(Dyadic(entries[0], -fraction)) : builder.table(segment, fraction, entry);
    };
    const Wire base = look_up(tables->second.bases, error_bits_ + 5);
    const Wire slope = look_up(tables->second.slopes, error_bits_ + 4 + plan.place_bits);
    const Wire sum = builder.add(base, builder.multiply(slope, place));
    return builder.clamp(builder.round(sum, error_bits_, Rounding::Truncate), function_.lowest, function_.highest);
}

int error_bits_of(double max_error) {
    int exponent = 0;
    std::frexp(max_error, &exponent);  // max_error = m * 2^exponent with m in [1/2, 1)
    return 1 - exponent;
}

Result<void> check_max_error(std::string_view op, double max_error, double smallest) {
    constexpr double largest = 0.25;
    if (!(max_error >= smallest && max_error <= largest)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op),
                    fmt::format("max_error is {}; it must be from {} to {}", max_error, smallest, largest));
    }
    return {};
}

Dyadic multiple_of_log_two(int n) {
    const Dyadic above_log_two(Integer(45427), -16);  // 0.693161, ln 2 = 0.693147...
    return Dyadic(n) * above_log_two;
}

}  // namespace lutra
