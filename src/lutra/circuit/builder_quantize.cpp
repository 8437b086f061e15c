// Rounding and overflow as compositions of primitives: CircuitBuilder::round and CircuitBuilder::quantize.

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"
#include "lutra/circuit/builder.h"

namespace lutra {

Wire CircuitBuilder::round(Wire a, int fraction, Rounding rounding) {
    const int drop = type(a).fraction - fraction;
    if (drop <= 0) {
        return a;
    }
    if (interval(a).is_constant()) {
        return constant(Dyadic(round_raw(interval(a).low, drop, rounding), -fraction));
    }
    const Dyadic half(Integer(1), -fraction - 1);
    const Dyadic step(Integer(1), -type(a).fraction);
    const Dyadic one(Integer(1), -fraction);
    const auto floor_of = [&](Wire x) {
        const int amount = type(x).fraction - fraction;
        if (amount <= 0) {
            return align(x, fraction);
        }
        const Interval kept{interval(x).low >> amount, interval(x).high >> amount};
        const std::array operands = {x};
        return append({.kind = PrimitiveKind::ShiftRight,
                       .type = smallest_type(kept.low, kept.high, fraction),
                       .operands = operands,
                       .amount = static_cast<std::uint32_t>(amount)});
    };
    // floor(a + offset): every mode is one, with an offset that may depend on the sign or on the last kept bit.
    const auto floor_with = [&](const Dyadic& offset) { return floor_of(add_constant(a, offset)); };
    // Adds `step` where the condition holds; the offset is half a unit less one step before.
    const auto floor_with_step_if = [&](Wire condition, const Dyadic& offset) {
        const std::array terms = {LinearTerm{a, 1}, LinearTerm{condition, step}};
        return floor_of(sum(terms, offset));
    };
    switch (rounding) {
        case Rounding::Truncate: return floor_with(0);
        case Rounding::Ceiling: return floor_with(one - step);
        case Rounding::HalfUp: return floor_with(half);
        case Rounding::HalfDown: return floor_with(half - step);
        case Rounding::TruncateZero: {
            const std::array terms = {LinearTerm{a, 1}, LinearTerm{is_negative(a), one - step}};
            return floor_of(sum(terms, 0));
        }
        case Rounding::FromZero: {
            // Not negative: ceiling; negative: floor.
            const std::array terms = {LinearTerm{a, 1}, LinearTerm{is_negative(a), step - one}};
            return floor_of(sum(terms, one - step));
        }
        case Rounding::HalfToZero: return floor_with_step_if(is_negative(a), half - step);
        case Rounding::HalfFromZero: {
            const std::array terms = {LinearTerm{a, 1}, LinearTerm{is_negative(a), -step}};
            return floor_of(sum(terms, half));
        }
        case Rounding::HalfToEven: {
            if (drop >= type(a).width + (type(a).is_signed ? 0 : 1)) {
                const Interval& range = interval(a);  // the last kept bit is a copy of the sign
                if (round_raw(range.low, drop, rounding) == round_raw(range.high, drop, rounding)) {
                    return constant(Dyadic(round_raw(range.low, drop, rounding), -fraction));
                }
            }
            return floor_with_step_if(bits(a, drop, 1), half - step);
        }
    }
    LUTRA_UNREACHABLE("rounding mode");
}

Wire CircuitBuilder::quantize(Wire a, const Quantization& quantization) {
    if (quantization.type.width == 0) {
        return raw_constant(0, quantization.type);
    }
    const Wire rounded = align(round(a, quantization.type.fraction, quantization.rounding), quantization.type.fraction);
    return overflow(rounded, quantization);
}

Wire CircuitBuilder::overflow(Wire a, const Quantization& quantization) {
    const FixedPointType& target = quantization.type;
    const Interval range = range_of(target);
    const bool is_symmetric = quantization.overflow == Overflow::SaturateSymmetric && target.is_signed;
    const Interval kept{is_symmetric ? -range.high : range.low, range.high};
    if (kept.contains(interval(a))) {
        return extend(a, target);
    }
    const auto value_of = [&](const Integer& raw) { return Dyadic(raw, -target.fraction); };
    switch (quantization.overflow) {
        case Overflow::Wrap:
            return quantization.saturation_bits == 0 ? wrap(a, target) : overflow_wrap_saturating(a, target, quantization.saturation_bits);
        case Overflow::WrapSignMagnitude:
            if (!target.is_signed || quantization.saturation_bits > 1) {
                return quantization.saturation_bits == 0 ? wrap(a, target) : overflow_wrap_saturating(a, target, quantization.saturation_bits);
            }
            return overflow_sign_magnitude(a, target, quantization.saturation_bits);
        case Overflow::Saturate:
        case Overflow::SaturateSymmetric: return extend(clamp(a, value_of(kept.low), value_of(kept.high)), target);
        case Overflow::SaturateZero: return extend(mux(is_outside(a, target), constant(0), wrap(a, target)), target);
    }
    LUTRA_UNREACHABLE("overflow mode");
}

Wire CircuitBuilder::is_outside(Wire a, const FixedPointType& target) {
    const Wire low = constant(Dyadic(target.min_raw(), -target.fraction));
    const Wire high = constant(Dyadic(target.max_raw(), -target.fraction));
    return logical_or(less(a, low), less(high, a));
}

Wire CircuitBuilder::overflow_wrap_saturating(Wire a, const FixedPointType& target, int saturation_bits) {
    const int kept = target.width - std::min(saturation_bits, target.width);
    const Integer top_of_unsigned = Integer::power_of_two(target.width) - Integer::power_of_two(kept);
    const Integer top_of_signed = Integer::power_of_two(target.width - 1) - Integer::power_of_two(kept);
    const Integer above = target.is_signed ? top_of_signed : top_of_unsigned;
    const Integer below = target.is_signed ? -Integer::power_of_two(target.width - 1) : Integer(0);
    const Wire low = wrap(a, {false, kept, target.fraction});
    const Wire too_high = add_constant(low, Dyadic(above, -target.fraction));
    const Wire too_low = add_constant(low, Dyadic(below, -target.fraction));
    return extend(mux(is_outside(a, target), mux(is_negative(a), too_low, too_high), wrap(a, target)), target);
}

Wire CircuitBuilder::overflow_sign_magnitude(Wire a, const FixedPointType& target, int saturation_bits) {
    const int magnitude_bits = target.width - 1;
    const Wire new_sign = saturation_bits == 0 ? bits(extend(a, {true, std::max(type(a).width, target.width) + 1, target.fraction}), target.width, 1)
                                               : is_negative(a);
    const Wire wrapped_sign = bits(wrap(a, target), magnitude_bits, 1);
    const Wire low = wrap(a, {false, magnitude_bits, target.fraction});
    const std::array all_ones_minus_low = {LinearTerm{low, -1}};
    const Wire inverted = sum(all_ones_minus_low, Dyadic(Integer::power_of_two(magnitude_bits) - Integer(1), -target.fraction));
    const Wire magnitude = mux(logical_xor(new_sign, wrapped_sign), inverted, low);
    const std::array signed_terms = {LinearTerm{magnitude, 1}, LinearTerm{new_sign, Dyadic(Integer(-1), magnitude_bits - target.fraction)}};
    return extend(mux(is_outside(a, target), sum(signed_terms, 0), wrap(a, target)), target);
}

}  // namespace lutra
