#pragma once

/// Words of bits: resizing, choice and comparison.

#include "lutra/netlist/bit_network.h"

namespace lutra {

/// The word cut or extended to `width` bits, by copies of its highest bit when it is signed.
BitWord resized(BitWord word, int width, bool is_signed);

/// f(bit of a, bit of b) for each place; `table` has two inputs.
BitWord bitwise(BitNetwork& network, const BitWord& a, const BitWord& b, std::uint64_t table);

/// selector ? if_one : if_zero, for each place.
BitWord choose(BitNetwork& network, Bit selector, const BitWord& if_one, const BitWord& if_zero);

/// a < b, two words of one width.
Bit less(BitNetwork& network, const BitWord& a, const BitWord& b, bool is_signed);

/// a == b, two words of one width.
Bit equal(BitNetwork& network, const BitWord& a, const BitWord& b);

}  // namespace lutra
