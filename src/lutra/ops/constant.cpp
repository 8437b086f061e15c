#include "lutra/ops/constant.h"

namespace lutra {

Result<WireTensor> Constant::lower(CircuitBuilder& builder, std::span<const WireTensor>) const {
    WireTensor result{value.shape, {}};
    for (const double element : value.values) {
        result.elements.push_back({builder.constant(Dyadic::from_double(element))});
    }
    return result;
}

}  // namespace lutra
