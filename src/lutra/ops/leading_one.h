#pragma once

/// Numbers of many magnitudes as a mantissa and an exponent, so that a function of them needs a table of the mantissa only.

#include <vector>

#include "lutra/circuit/builder.h"

namespace lutra {

/// An integer x > 0 as (1 + mantissa * 2^-mantissa_bits) * 2^(width - 1 - shift), where shift is the sum of the amounts of the stages that moved it.
struct Normalized {
    struct Stage {
        Wire is_moved;  ///< boolean
        int amount;     ///< a power of two
    };

    Wire mantissa;  ///< an unsigned integer; 0 for x = 0
    int mantissa_bits = 0;
    std::vector<Stage> stages;  ///< the largest amount first, the last one 1; none if x always has its leading one at the top

    int width() const { return mantissa_bits + 1; }
};

/// Shifts the leading zeros out of an integer wire 0 <= x < 2^width, stage by stage. x = 0 is moved by every stage.
Normalized normalize(CircuitBuilder& builder, Wire x, int width);

/// z in [0, 2) as an integer of `width` bits: with an even rest of the exponent, x = m * 4^k for m = (1 + z) / 2 if z < 1, else m = z. The bit
/// above the mantissa says that the last stage did not move.
Wire with_parity(CircuitBuilder& builder, const Normalized& x);

}  // namespace lutra
