#include "lutra/ops/power_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "lutra/num/elementary.h"
#include "lutra/ops/leading_one.h"

namespace lutra {

namespace {

Dyadic power_of_two(int exponent) { return {Integer(1), exponent}; }

/// floor(log2 x) for x > 0.
int magnitude_of(const Dyadic& x) { return x.mantissa().bit_length() - 1 + x.exponent(); }

Integer ceiling_divide(const Dyadic& a, const Dyadic& b) { return -floor_divide(-a, b); }

}  // namespace

RealFunction mantissa_function(Power power, const Dyadic& factor) {
    const auto argument = [factor](const Dyadic& z) { return factor * (z < Dyadic(1) ? (z + Dyadic(1)) * power_of_two(-1) : z); };
    switch (power) {
        case Power::Reciprocal:
            return {.rounded = [factor](const Dyadic& z, int fraction) { return reciprocal_rounded(factor * (z + Dyadic(1)), fraction); },
                    .max_slope = 1,
                    .max_curvature = 2};
        case Power::SquareRoot:
            return {.rounded = [argument](const Dyadic& z, int fraction) { return root_of_quotient_rounded(argument(z), 1, fraction); },
                    .max_slope = Dyadic(Integer(3), -2),       // 1 / sqrt(2), at z = 1 with the factor 2
                    .max_curvature = Dyadic(Integer(3), -3)};  // sqrt(2) / 4, there
        case Power::ReciprocalRoot:
            return {.rounded = [argument](const Dyadic& z, int fraction) { return root_of_quotient_rounded(1, argument(z), fraction); },
                    .max_slope = Dyadic(Integer(3), -2),        // 1 / sqrt(2), at z = 0 with the factor 1
                    .max_curvature = Dyadic(Integer(17), -4)};  // 3 / 16 * 2^2.5 = 1.06..., there
    }
    LUTRA_UNREACHABLE("power");
}

PowerLaw::Range PowerLaw::range_of(const Dyadic& unit) const {
    const Dyadic square = limit_ * limit_;
    switch (power_) {
        case Power::Reciprocal: return {floor_divide(1, limit_ * unit), ceiling_divide(power_of_two(error_bits_ + 3), unit)};
        case Power::SquareRoot: return {1, ceiling_divide(square, unit)};
        case Power::ReciprocalRoot: return {floor_divide(1, square * unit), ceiling_divide(power_of_two(2 * (error_bits_ + 3)), unit)};
    }
    LUTRA_UNREACHABLE("power");
}

/// How many low bits of an integer change f by at most E/8: f falls by f(x) / x at most for each unit of x, by half of that for a root, the root of x grows by
/// at most the root of what x grows by.
int PowerLaw::cut_bits(const Dyadic& unit, const Integer& lowest) const {
    if (power_ == Power::SquareRoot) {
        return std::max(0, -2 * (error_bits_ + 3) - (magnitude_of(unit) + 1));
    }
    const Dyadic smallest = unit * Dyadic(lowest);
    const int largest_result =
        power_ == Power::Reciprocal ? -magnitude_of(smallest) : -(magnitude_of(smallest) >> 1) - 1;  // f, or f / 2 for a root, is at most 2^largest_result
    return std::max(0, lowest.bit_length() - 1 - (error_bits_ + 3) - largest_result);
}

Wire PowerLaw::lower(CircuitBuilder& builder, const AffineWire& x) {
    const ScaledWires values = with_common_scale(builder, std::array{x});
    const int fraction = builder.type(values.wires[0]).fraction;
    const Wire integer = builder.align(builder.max(builder.scale(values.wires[0], fraction), builder.constant(0)), 0);
    return lower_integer(builder, integer, values.scale * power_of_two(-fraction));
}

Wire PowerLaw::lower_integer(CircuitBuilder& builder, Wire x, const Dyadic& unit) {
    const Range range = range_of(unit);
    const bool reaches_limit = range.lowest.sign() > 0 && power_ != Power::SquareRoot;
    const Wire is_zero = builder.equal(x, builder.constant(0));
    const Integer lowest = std::max({range.lowest, Integer(1), builder.interval(x).low});
    const int cut = cut_bits(unit, lowest);
    Wire v = builder.min(x, builder.constant(Dyadic(std::max(range.highest, lowest))));
    v = power_ == Power::SquareRoot ? v : builder.max(v, builder.constant(Dyadic(lowest)));
    v = builder.align(builder.round(builder.scale(v, -cut), 0, Rounding::Truncate), 0);
    const int unit_exponent = magnitude_of(unit) + cut;
    const Dyadic factor = unit * power_of_two(-magnitude_of(unit));
    int width = std::max(builder.interval(v).high.bit_length(), 1);
    const bool is_root = power_ != Power::Reciprocal;
    width += is_root && (unit_exponent + width - 1) % 2 != 0 ? 1 : 0;
    const int exponent = unit_exponent + width - 1;  // of x without a move

    const Normalized normalized = normalize(builder, v, width);
    const int largest_shift = width - std::max(builder.interval(v).low, Integer(1)).bit_length();
    int all_moves = 0;
    for (const Normalized::Stage& stage : normalized.stages) {
        all_moves += stage.amount;
    }
    // The exponent of the result before it is moved down, and the largest one that it really has.
    const int start =
        power_ == Power::Reciprocal ? all_moves - exponent : (power_ == Power::SquareRoot ? exponent / 2 : (all_moves - all_moves % 2 - exponent) / 2);
    const int largest = power_ == Power::Reciprocal ? largest_shift - exponent
                                                    : (power_ == Power::SquareRoot ? exponent / 2 : (largest_shift - largest_shift % 2 - exponent) / 2);
    const Wire z = is_root ? with_parity(builder, normalized) : normalized.mantissa;
    Wire y = builder.scale(look_up(builder, z, normalized.mantissa_bits, factor, std::max(error_bits_ + 3 + largest, 2)), start);
    const int kept = error_bits_ + 3 + static_cast<int>(std::bit_width(normalized.stages.size()));
    for (const auto& [is_moved, amount] : normalized.stages) {
        if (is_root && amount == 1) {
            continue;  // in z
        }
        const Wire down = builder.round(builder.scale(y, is_root ? -amount / 2 : -amount), kept, Rounding::Truncate);
        y = power_ == Power::SquareRoot ? builder.mux(is_moved, down, y) : builder.mux(is_moved, y, down);
    }
    y = builder.min(builder.round(y, error_bits_, Rounding::HalfUp), builder.constant(limit_));
    if (power_ == Power::SquareRoot) {
        return builder.mux(is_zero, builder.constant(0), y);
    }
    return reaches_limit ? y : builder.mux(is_zero, builder.constant(limit_), y);
}

Wire PowerLaw::look_up(CircuitBuilder& builder, Wire z, int fraction, const Dyadic& factor, int bits) {
    const auto table = tables_.try_emplace({factor, bits}, mantissa_function(power_, factor), bits).first;
    return table->second.lower(builder, {z, power_of_two(-fraction)});
}

WideFunction::WideFunction(std::function<Integer(const Dyadic&, int)> rounded, int error_bits, std::function<Wire(CircuitBuilder&, const AffineWire&)> wide)
    : table_({.rounded = std::move(rounded), .max_slope = 1, .max_curvature = 1}, error_bits), wide_(std::move(wide)) {}

Wire WideFunction::lower(CircuitBuilder& builder, const AffineWire& x) {
    const Interval range = builder.interval(x.wire);
    const bool has_few_steps = range.high - range.low < Integer(FunctionApproximation::max_direct_entries) || x.scale.is_zero();
    return has_few_steps ? table_.lower(builder, x) : wide_(builder, x);
}

Result<void> check_limit(std::string_view op, double limit, double max_error) {
    constexpr double largest = 0x1p20;
    constexpr double most_errors = 0x1p30;
    if (!(limit >= 1 && limit <= largest && limit <= most_errors * max_error)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op),
                    fmt::format("limit is {}; it must be from 1 to 2^20, and at most 2^30 times max_error", limit));
    }
    return {};
}

}  // namespace lutra
