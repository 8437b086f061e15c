#include "lutra/ops/leaky_relu.h"

#include <array>
#include <cmath>

namespace lutra {

Result<void> LeakyRelu::validate() const {
    if (!std::isfinite(alpha)) {
        return fail(DiagnosticId::InvalidAttribute, "leaky_relu", "alpha is not finite");
    }
    return {};
}

Wire LeakyRelu::lower(CircuitBuilder& builder, std::span<const Wire> x) const {
    const std::array terms = {LinearTerm{x[0], Dyadic::from_double(alpha)}};
    return builder.mux(builder.is_negative(x[0]), builder.sum(terms, 0), x[0]);
}

}  // namespace lutra
