#include "lutra/ops/less.h"

namespace lutra {

Result<AffineWire> Less::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    if (const auto bound = constant_value(builder, x[1])) {
        return AffineWire{builder.logical_not(at_least(builder, x[0], *bound))};
    }
    if (const auto bound = constant_value(builder, x[0])) {
        return AffineWire{builder.logical_not(at_least(builder, {x[1].wire, -x[1].scale, -x[1].offset}, -*bound))};
    }
    const ScaledWires values = with_common_scale(builder, x);
    return AffineWire{builder.less(values.wires[0], values.wires[1])};
}

}  // namespace lutra
