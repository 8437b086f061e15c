#include "lutra/ops/where.h"

namespace lutra {

namespace {

/// The boolean wire of value != 0.
Wire is_true(CircuitBuilder& builder, const AffineWire& value) {
    const Interval range = builder.interval(value.wire);
    if (builder.type(value.wire) == boolean_type && range == Interval{0, 1}) {
        const Wire at_one = builder.boolean(!(value.scale + value.offset).is_zero());
        return builder.mux(value.wire, at_one, builder.boolean(!value.offset.is_zero()));
    }
    return builder.logical_not(builder.equal(materialize(builder, value), builder.constant(0)));
}

}  // namespace

Result<AffineWire> Where::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const Wire condition = is_true(builder, x[0]);
    if (builder.interval(condition).is_constant()) {
        return builder.interval(condition).low.is_zero() ? x[2] : x[1];
    }
    const ScaledWires values = with_common_scale(builder, x.subspan(1));
    return AffineWire{builder.mux(condition, values.wires[0], values.wires[1]), values.scale};
}

}  // namespace lutra
