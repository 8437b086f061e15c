#include "lutra/ops/function_approximation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

/// x * 2^fraction rounded to the nearest integer, ties up.
Integer nearest(const Dyadic& x, int fraction) { return (floor_divide(x * Dyadic(Integer(1), fraction + 1), 1) + Integer(1)) >> 1; }

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
    const Form form = choose_form(builder.interval(r), slope, x.offset);
    // A line is added at the high side, and a corner must lie on a border of segments: at the integer 0.
    if (form != Form::Table && has_line() && (slope.sign() < 0 || (function_.has_corner && !x.offset.is_zero()))) {
        const ScaledWires plain = with_common_scale(builder, std::array{x});
        return lower(builder, {plain.wires[0], plain.scale});
    }
    const Plan chosen = plan(slope, x.offset, form);
    switch (form) {
        case Form::Table: return lower_table(builder, r, chosen);
        case Form::ClampedTable: return add_line(builder, lower_table(builder, clamped(builder, r, chosen), chosen), r, chosen);
        case Form::Segments: return add_line(builder, lower_segments(builder, clamped(builder, r, chosen), chosen), r, chosen);
    }
    LUTRA_UNREACHABLE("form");
}

bool FunctionApproximation::is_table(const CircuitBuilder& builder, const AffineWire& x) const {
    const Dyadic slope = x.scale * Dyadic(Integer(1), -builder.type(x.wire).fraction);
    return slope.is_zero() || choose_form(builder.interval(x.wire), slope, x.offset) != Form::Segments;
}

FunctionApproximation::Form FunctionApproximation::choose_form(const Interval& range, const Dyadic& slope, const Dyadic& offset) const {
    const auto has_few_entries = [](const Interval& entries) { return entries.high - entries.low < Integer(max_direct_entries); };
    if (has_few_entries(range)) {
        return Form::Table;
    }
    const bool is_short = has_few_entries(clamped(range, plan(slope, offset, Form::ClampedTable)));
    return is_short || plan(slope, offset, Form::Segments).place_bits == 0 ? Form::ClampedTable : Form::Segments;
}

FunctionApproximation::Plan FunctionApproximation::plan(const Dyadic& slope, const Dyadic& offset, Form form) const {
    Plan result{.slope = slope, .offset = offset};
    result.table_fraction = has_line() ? error_bits_ : error_bits_ - 1;  // rounding to nearest costs E/2 or E
    if (form == Form::Segments) {
        const Dyadic step = slope.sign() < 0 ? -slope : slope;
        const Dyadic error(Integer(1), -error_bits_);
        // max_slope * step * 2^dropped / 2 <= E / 32
        result.dropped_bits = std::max(0, largest_exponent(function_.max_slope * step, error * Dyadic(Integer(1), -4)));
        // (step * 2^(dropped + place))^2 * max_curvature / 8 <= E / 2
        const int twice = largest_exponent(step * step * function_.max_curvature, error * Dyadic(4));
        result.place_bits = std::max(0, (twice >> 1) - result.dropped_bits);
    }
    add_asymptotes(result);
    return result;
}

void FunctionApproximation::add_asymptotes(Plan& plan) const {
    const Dyadic segment = plan.slope * Dyadic(Integer(1), plan.segment_bits());
    const bool rises = plan.slope.sign() > 0;
    const auto& low_side = rises ? function_.left : function_.right;
    const auto& high_side = rises ? function_.right : function_.left;
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

/// y plus the asymptote's slope times what clamping took from x at its high side.
Wire FunctionApproximation::add_line(CircuitBuilder& builder, Wire y, Wire r, const Plan& plan) const {
    if (!has_line()) {
        return y;
    }
    const Dyadic bound(*plan.last_segment, plan.segment_bits());
    const Wire excess = builder.add_constant(builder.max(r, builder.constant(bound)), -bound);
    const std::array terms = {LinearTerm{excess, plan.slope * function_.right->slope}};
    return builder.add(y, builder.round(builder.sum(terms, 0), error_bits_ + 1, Rounding::HalfUp));
}

Integer FunctionApproximation::value_at(const Dyadic& x, int fraction) const {
    const auto on_line = [&](const Asymptote& line) { return nearest(line.value + line.slope * (x - line.at), fraction); };
    if (function_.left && x <= function_.left->at) {
        return on_line(*function_.left);
    }
    if (function_.right && x >= function_.right->at) {
        return on_line(*function_.right);
    }
    return function_.rounded(x, fraction);
}

Wire FunctionApproximation::lower_table(CircuitBuilder& builder, Wire r, const Plan& plan) {
    const Interval range = builder.interval(r);
    if (range.is_constant()) {
        return builder.constant(Dyadic(value_at(plan.slope * Dyadic(range.low) + plan.offset, error_bits_), -error_bits_));
    }
    auto [table, is_new] = tables_.try_emplace(Key{plan, range.low, range.high});
    if (is_new) {
        for (Integer raw = range.low; raw <= range.high; raw += 1) {
            table->second.push_back(value_at(plan.slope * Dyadic(raw) + plan.offset, plan.table_fraction));
        }
    }
    return builder.table(builder.align(r, 0), plan.table_fraction,
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
    Segments result;
    const auto push_constant = [&](const Dyadic& x) {
        result.bases.push_back(value_at(x, error_bits_ + 5) + half);
        result.slopes.push_back(0);
    };
    for (Integer segment = range.low; segment <= range.high; segment += 1) {
        const bool is_on_line = (plan.first_segment && segment <= *plan.first_segment) || (plan.last_segment && segment >= *plan.last_segment);
        if (is_on_line) {
            push_constant(plan.slope * (Dyadic(segment) * Dyadic(Integer(1), plan.segment_bits())) + plan.offset);
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
    auto [tables, is_new] = segments_.try_emplace(Key{plan, range.low, range.high});
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
    Wire result = builder.round(sum, error_bits_, Rounding::Truncate);
    result = function_.highest ? builder.min(result, builder.constant(*function_.highest)) : result;
    return function_.lowest ? builder.max(result, builder.constant(*function_.lowest)) : result;
}

int error_bits_of(double max_error) {
    int exponent = 0;
    std::frexp(max_error, &exponent);  // max_error = m * 2^exponent with m in [1/2, 1)
    return 1 - exponent;
}

Result<void> check_max_error(std::string_view op, double max_error) {
    if (!(max_error >= smallest_max_error && max_error <= largest_max_error)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op),
                    fmt::format("max_error is {}; it must be from {} to {}", max_error, smallest_max_error, largest_max_error));
    }
    return {};
}

Dyadic multiple_of_log_two(int n) {
    const Dyadic above_log_two(Integer(45427), -16);  // 0.693161, ln 2 = 0.693147...
    return Dyadic(n) * above_log_two;
}

Dyadic root_of_log_two(int n) {
    constexpr int fraction = 4;
    return {floor_square_root(floor_divide(multiple_of_log_two(n), Dyadic(Integer(1), -2 * fraction))) + Integer(1), -fraction};
}

}  // namespace lutra
