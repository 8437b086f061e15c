#include "lutra/ops/multiply.h"

#include <array>

namespace lutra {

Result<AffineWire> Multiply::lower(CircuitBuilder& builder, std::span<const AffineWire> x) const {
    for (const auto& [factor, other] : {std::pair(x[0], x[1]), std::pair(x[1], x[0])}) {
        if (const auto constant = constant_value(builder, factor)) {
            const std::array terms = {AffineTerm{other, *constant}};
            return affine_sum(builder, terms, 0);
        }
    }
    // Scales multiply; offsets would make cross terms, so values with one are materialised.
    const auto without_offset = [&](const AffineWire& value) {
        return value.offset.is_zero() ? value : AffineWire{materialize(builder, value)};
    };
    const AffineWire a = without_offset(x[0]);
    const AffineWire b = without_offset(x[1]);
    return AffineWire{builder.multiply(a.wire, b.wire), a.scale * b.scale};
}

}  // namespace lutra
