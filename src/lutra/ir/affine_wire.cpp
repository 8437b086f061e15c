#include "lutra/ir/affine_wire.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {

/// The largest dyadic that divides both with an integer quotient.
Dyadic common_divisor(const Dyadic& a, const Dyadic& b) {
    if (a.is_zero() || b.is_zero()) {
        const Dyadic& other = a.is_zero() ? b : a;
        return other.sign() < 0 ? -other : other;
    }
    return {greatest_common_divisor(a.mantissa(), b.mantissa()), std::min(a.exponent(), b.exponent())};
}

/// a / b where b divides a.
Dyadic exact_quotient(const Dyadic& a, const Dyadic& b) { return {floor_divide(a.mantissa(), b.mantissa()), a.exponent() - b.exponent()}; }

}  // namespace

AffineWire affine_sum(CircuitBuilder& builder, std::span<const AffineTerm> terms, const Dyadic& constant) {
    Dyadic offset = constant;
    Dyadic divisor = 0;
    std::vector<LinearTerm> linear;
    for (const auto& [value, weight] : terms) {
        offset = offset + weight * value.offset;
        const Dyadic factor = weight * value.scale;
        if (builder.interval(value.wire).is_constant()) {
            offset = offset + factor * Dyadic(builder.interval(value.wire).low, -builder.type(value.wire).fraction);
        } else if (!factor.is_zero()) {
            linear.push_back({value.wire, factor});
            divisor = common_divisor(divisor, factor);
        }
    }
    if (linear.empty()) {
        return {builder.constant(offset)};
    }
    if (linear.size() == 1) {
        return {linear[0].wire, linear[0].coefficient, offset};
    }
    const Dyadic scale(divisor.mantissa());  // its power of two moves into the wire's binary point
    for (LinearTerm& term : linear) {
        term.coefficient = exact_quotient(term.coefficient, scale);
    }
    return {builder.sum(linear, 0), scale, offset};
}

AffineWire affine_product(CircuitBuilder& builder, const AffineWire& a, const AffineWire& b) {
    for (const auto& [factor, other] : {std::pair(a, b), std::pair(b, a)}) {
        if (const auto constant = constant_value(builder, factor)) {
            const std::array terms = {AffineTerm{other, *constant}};
            return affine_sum(builder, terms, 0);
        }
    }
    // Scales multiply; offsets would make cross terms, so values with one are materialised.
    const auto without_offset = [&](const AffineWire& value) { return value.offset.is_zero() ? value : AffineWire{materialize(builder, value)}; };
    const AffineWire x = without_offset(a);
    const AffineWire y = without_offset(b);
    return {builder.multiply(x.wire, y.wire), x.scale * y.scale};
}

Wire materialize(CircuitBuilder& builder, const AffineWire& value) {
    if (value.scale == Dyadic(1)) {
        return builder.add_constant(value.wire, value.offset);
    }
    if (value.scale.mantissa() == Integer(1)) {
        return builder.add_constant(builder.scale(value.wire, value.scale.exponent()), value.offset);
    }
    const std::array terms = {LinearTerm{value.wire, value.scale}};
    return builder.sum(terms, value.offset);
}

std::vector<Wire> materialize(CircuitBuilder& builder, const WireTensor& tensor) {
    std::vector<Wire> wires;
    wires.reserve(tensor.elements.size());
    for (const AffineWire& element : tensor.elements) {
        wires.push_back(materialize(builder, element));
    }
    return wires;
}

std::optional<Dyadic> constant_value(const CircuitBuilder& builder, const AffineWire& value) {
    const Interval range = builder.interval(value.wire);
    if (!range.is_constant()) {
        return std::nullopt;
    }
    return value.scale * Dyadic(range.low, -builder.type(value.wire).fraction) + value.offset;
}

Wire at_least(CircuitBuilder& builder, const AffineWire& value, const Dyadic& threshold) {
    if (const auto constant = constant_value(builder, value)) {
        return builder.boolean(*constant >= threshold);
    }
    if (value.scale.is_zero()) {
        return builder.boolean(value.offset >= threshold);
    }
    // scale * 2^-f * a >= threshold - offset; a rising line is at least it from the ceiling of the quotient on, a falling one up to its
    // floor.
    const int fraction = builder.type(value.wire).fraction;
    const Dyadic slope = value.scale * Dyadic(Integer(1), -fraction);
    const Dyadic distance = threshold - value.offset;
    const bool rises = slope.sign() > 0;
    // Both are "the wire is not below a bound", the falling one negated.
    const Integer bound = rises ? -floor_divide(-distance, slope) : floor_divide(-distance, -slope) + Integer(1);
    const Wire is_below = bound.is_zero() ? builder.is_negative(value.wire) : builder.less(value.wire, builder.constant(Dyadic(bound, -fraction)));
    return rises ? builder.logical_not(is_below) : is_below;
}

Dyadic common_scale(std::span<const Dyadic> values) {
    Dyadic divisor = 0;
    for (const Dyadic& value : values) {
        divisor = common_divisor(divisor, value);
    }
    return divisor.is_zero() ? Dyadic(1) : Dyadic(divisor.mantissa());
}

ScaledWires with_common_scale(CircuitBuilder& builder, std::span<const AffineWire> values) {
    std::vector<Dyadic> factors;
    for (const AffineWire& value : values) {
        const auto constant = constant_value(builder, value);
        factors.push_back(constant ? *constant : common_divisor(value.scale, value.offset));
    }
    const Dyadic scale = common_scale(factors);
    ScaledWires result{{}, scale};
    for (const AffineWire& value : values) {
        if (const auto constant = constant_value(builder, value)) {
            result.wires.push_back(builder.constant(exact_quotient(*constant, scale)));
        } else {
            result.wires.push_back(materialize(builder, {value.wire, exact_quotient(value.scale, scale), exact_quotient(value.offset, scale)}));
        }
    }
    return result;
}

}  // namespace lutra
