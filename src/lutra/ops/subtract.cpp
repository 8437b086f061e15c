#include "lutra/ops/subtract.h"

#include <array>

namespace lutra {

Result<AffineWire> Subtract::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    const std::array terms = {AffineTerm{x[0], 1}, AffineTerm{x[1], -1}};
    return affine_sum(builder, terms, 0);
}

}  // namespace lutra
