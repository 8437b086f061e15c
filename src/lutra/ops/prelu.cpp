#include "lutra/ops/prelu.h"

#include <array>

namespace lutra {

Result<AffineWire> Prelu::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const Wire is_positive = at_least(builder, x[0], 0);
    if (builder.interval(is_positive) == Interval{1, 1}) {
        return x[0];
    }
    const std::array choices = {x[0], affine_product(builder, x[0], x[1])};
    const ScaledWires values = with_common_scale(builder, choices);
    return AffineWire{builder.mux(is_positive, values.wires[0], values.wires[1]), values.scale};
}

}  // namespace lutra
