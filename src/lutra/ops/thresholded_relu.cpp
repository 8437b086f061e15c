#include "lutra/ops/thresholded_relu.h"

#include <array>
#include <cmath>

namespace lutra {

Result<void> ThresholdedRelu::validate() const {
    if (!std::isfinite(threshold)) {
        return fail(DiagnosticId::InvalidAttribute, std::string(info.name), "the threshold is not finite");
    }
    return {};
}

Result<AffineWire> ThresholdedRelu::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const Wire is_cut = at_least(builder, {x[0].wire, -x[0].scale, -x[0].offset}, -Dyadic::from_double(threshold));
    const ScaledWires value = with_common_scale(builder, x);
    return AffineWire{builder.mux(is_cut, builder.constant(0), value.wires[0]), value.scale};
}

}  // namespace lutra
