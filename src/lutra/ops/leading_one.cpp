#include "lutra/ops/leading_one.h"

#include <algorithm>
#include <bit>

namespace lutra {

Normalized normalize(CircuitBuilder& builder, Wire x, int width) {
    const FixedPointType type{false, width, 0};
    const Integer lowest = std::max(builder.interval(x).low, Integer(1));
    const int largest_shift = width - lowest.bit_length();
    Wire normalized = builder.extend(builder.align(x, 0), type);
    Normalized result;
    for (int amount = static_cast<int>(std::bit_floor(static_cast<unsigned>(largest_shift))); amount > 0; amount /= 2) {
        const Wire has_zeros = builder.less(normalized, builder.constant(Dyadic(Integer(1), width - amount)));
        const Wire moved = builder.wrap(builder.align(builder.scale(normalized, amount), 0), type);
        normalized = builder.extend(builder.mux(has_zeros, moved, normalized), type);
        result.stages.push_back({has_zeros, amount});
    }
    result.mantissa_bits = width - 1;
    result.mantissa = builder.bits(normalized, 0, width - 1);
    return result;
}

Wire with_parity(CircuitBuilder& builder, const Normalized& x) {
    const Wire is_even = x.stages.empty() ? builder.boolean(true) : builder.logical_not(x.stages.back().is_moved);
    return builder.concat(builder.extend(is_even, boolean_type), builder.extend(x.mantissa, {false, x.mantissa_bits, 0}));
}

}  // namespace lutra
