#include "lutra/ops/ternary.h"

#include <array>
#include <cmath>

namespace lutra {

Result<void> Ternary::validate() const {
    if (!(threshold > 0) || !(scale > 0) || !std::isfinite(threshold) || !std::isfinite(scale)) {
        return fail(DiagnosticId::InvalidAttribute, "ternary", "threshold and scale are not both positive and finite");
    }
    return {};
}

Result<AffineWire> Ternary::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const Dyadic bound = Dyadic::from_double(threshold);
    const Wire is_high = at_least(builder, x[0], bound);
    const Wire is_low = at_least(builder, {x[0].wire, -x[0].scale, -x[0].offset}, bound);
    // The two bits are the two's complement of -1, 0 or 1: the sign, and whether there is a magnitude.
    const std::array terms = {LinearTerm{is_high, 1}, LinearTerm{is_low, -1}};
    return AffineWire{builder.sum(terms, 0), Dyadic::from_double(scale)};
}

}  // namespace lutra
