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
    return overflow(rounded, a, quantization);
}

Wire CircuitBuilder::overflow(Wire rounded, Wire source, const Quantization& quantization) {
    const FixedPointType& target = quantization.type;
    const bool is_symmetric = quantization.overflow == Overflow::SaturateSymmetric;
    const Interval kept{is_symmetric ? target.min_symmetric_raw() : target.min_raw(), target.max_raw()};
    if (kept.contains(interval(rounded))) {
        return extend(rounded, target);
    }
    const auto value_of = [&](const Integer& raw) { return Dyadic(raw, -target.fraction); };
    switch (quantization.overflow) {
        case Overflow::Wrap: return overflow_wrap(rounded, quantization);
        case Overflow::WrapSignMagnitude:
            return target.is_signed ? overflow_sign_magnitude(rounded, source, target, quantization.saturation_bits) : overflow_wrap(rounded, quantization);
        case Overflow::Saturate:
        case Overflow::SaturateSymmetric: return extend(clamp(rounded, value_of(kept.low), value_of(kept.high)), target);
        case Overflow::SaturateZero: return extend(mux(is_outside(rounded, target), constant(0), wrap(rounded, target)), target);
    }
    LUTRA_UNREACHABLE("overflow mode");
}

Wire CircuitBuilder::is_outside(Wire a, const FixedPointType& target) {
    const Wire low = constant(Dyadic(target.min_raw(), -target.fraction));
    const Wire high = constant(Dyadic(target.max_raw(), -target.fraction));
    return logical_or(less(a, low), less(high, a));
}

Wire CircuitBuilder::overflow_wrap(Wire a, const Quantization& quantization) {
    const FixedPointType& target = quantization.type;
    const Wire wrapped = wrap(a, target);
    if (quantization.saturation_bits == 0) {
        return wrapped;
    }
    const int kept = target.width - std::min(quantization.saturation_bits, target.width);
    const Integer top_bit = Integer::power_of_two(target.width - 1);
    const Integer top_ones = (target.is_signed ? top_bit : top_bit + top_bit) - Integer::power_of_two(kept);
    const Wire low = wrap(a, {false, kept, target.fraction});
    const Wire too_high = add_constant(low, Dyadic(top_ones, -target.fraction));
    const Wire too_low = target.is_signed ? add_constant(low, Dyadic(-top_bit, -target.fraction)) : too_high;
    return extend(mux(is_outside(a, target), mux(is_negative(a), too_low, too_high), wrapped), target);
}

Wire CircuitBuilder::overflow_sign_magnitude(Wire rounded, Wire source, const FixedPointType& target, int saturation_bits) {
    const auto bit_of = [&](Wire wire, int index) {
        const FixedPointType& type_of_wire = type(wire);
        return bits(extend(wire, {true, std::max(type_of_wire.width, index) + 1, type_of_wire.fraction}), index, 1);
    };
    const int drop = type(source).fraction - target.fraction;
    const Wire lowest_deleted_bit = drop > 0 ? bit_of(source, target.width + drop) : bit_of(rounded, target.width);
    const Wire negative = saturation_bits == 0 ? lowest_deleted_bit : is_negative(rounded);
    const int saturated = std::clamp(saturation_bits, 1, target.width);
    const int kept = target.width - saturated;
    const Wire changed = logical_xor(bit_of(rounded, kept), negative);
    const Wire low = wrap(rounded, {false, kept, target.fraction});
    const std::array all_ones_minus_low = {LinearTerm{low, -1}};
    const Wire inverted = sum(all_ones_minus_low, Dyadic(Integer::power_of_two(kept) - Integer(1), -target.fraction));
    const Wire magnitude = saturated == 1 ? mux(changed, inverted, low) : mux(changed, low, inverted);
    const Integer top_bit = Integer::power_of_two(target.width - 1);
    const Integer positive_top = top_bit - Integer::power_of_two(kept);
    const std::array terms = {LinearTerm{magnitude, 1}, LinearTerm{negative, Dyadic(-top_bit - positive_top, -target.fraction)}};
    const Wire outside = sum(terms, Dyadic(positive_top, -target.fraction));
    return extend(mux(is_outside(rounded, target), outside, wrap(rounded, target)), target);
}

}  // namespace lutra
