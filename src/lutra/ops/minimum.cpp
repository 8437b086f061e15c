#include "lutra/ops/minimum.h"

namespace lutra {

Result<AffineWire> Minimum::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const ScaledWires values = with_common_scale(builder, x);
    return AffineWire{builder.min(values.wires[0], values.wires[1]), values.scale};
}

}  // namespace lutra
