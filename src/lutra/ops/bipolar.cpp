#include "lutra/ops/bipolar.h"

#include <cmath>

namespace lutra {

Result<void> Bipolar::validate() const {
    if (!(scale > 0) || !std::isfinite(scale)) {
        return fail(DiagnosticId::InvalidAttribute, "bipolar", "the scale is not positive and finite");
    }
    return {};
}

Result<AffineWire> Bipolar::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const Dyadic s = Dyadic::from_double(scale);
    return AffineWire{at_least(builder, x[0], 0), s * Dyadic(2), -s};
}

}  // namespace lutra
