#include "lutra/ops/multiply.h"

namespace lutra {

Result<AffineWire> Multiply::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const { return affine_product(builder, x[0], x[1]); }

}  // namespace lutra
