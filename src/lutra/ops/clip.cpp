#include "lutra/ops/clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra {

namespace {

/// True when the bound is (scale * k + offset) for a whole number k of the value's steps.
bool is_on_grid(const AffineWire& value, int fraction, double bound) {
    const Dyadic step = value.scale * Dyadic(Integer(1), -fraction);
    const Dyadic distance = Dyadic::from_double(bound) - value.offset;
    return Dyadic(floor_divide(distance, step)) * step == distance;
}

}  // namespace

Result<void> Clip::validate() const {
    const bool is_ordered = low <= high && low < std::numeric_limits<double>::infinity() && high > -std::numeric_limits<double>::infinity();
    if (!is_ordered) {
        return fail(DiagnosticId::InvalidAttribute, "clip", fmt::format("the range from {} to {} is empty", low, high), "give min <= max");
    }
    return {};
}

Result<AffineWire> Clip::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const int fraction = builder.type(x[0].wire).fraction;
    AffineWire value = x[0];
    const auto bounds = {low, high};
    const bool stays =
        value.scale.sign() > 0 && std::ranges::all_of(bounds, [&](double bound) { return std::isinf(bound) || is_on_grid(value, fraction, bound); });
    if (!stays) {
        value = {materialize(builder, value)};
    }
    const auto bound_wire = [&](double bound) {
        const Dyadic distance = Dyadic::from_double(bound) - value.offset;
        return builder.constant(stays ? Dyadic(floor_divide(distance, value.scale * Dyadic(Integer(1), -fraction)), -fraction) : distance);
    };
    if (std::isfinite(high)) {
        value.wire = builder.min(value.wire, bound_wire(high));
    }
    if (std::isfinite(low)) {
        value.wire = builder.max(value.wire, bound_wire(low));
    }
    return value;
}

double Clip::reference(std::span<const double> x) const { return std::clamp(x[0], low, high); }

}  // namespace lutra
