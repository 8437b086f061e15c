#include "lutra/ops/maximum.h"

namespace lutra {

Result<AffineWire> Maximum::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const ScaledWires values = with_common_scale(builder, x);
    return AffineWire{builder.max(values.wires[0], values.wires[1]), values.scale};
}

}  // namespace lutra
