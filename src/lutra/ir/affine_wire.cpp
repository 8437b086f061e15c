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

}  // namespace lutra
