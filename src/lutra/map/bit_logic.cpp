#include "lutra/map/bit_logic.h"

#include <array>

namespace lutra {

BitWord resized(BitWord word, int width, bool is_signed) {
    const Bit top = is_signed && !word.empty() ? word.back() : Bit::constant(false);
    word.resize(static_cast<std::size_t>(width), top);
    return word;
}

BitWord bitwise(BitNetwork& network, const BitWord& a, const BitWord& b, std::uint64_t table) {
    BitWord result;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::array inputs = {a[i], b[i]};
        result.push_back(network.function(inputs, table));
    }
    return result;
}

BitWord choose(BitNetwork& network, Bit selector, const BitWord& if_one, const BitWord& if_zero) {
    BitWord result;
    for (std::size_t i = 0; i < if_one.size(); ++i) {
        result.push_back(network.mux(selector, if_one[i], if_zero[i]));
    }
    return result;
}

Bit less(BitNetwork& network, const BitWord& a, const BitWord& b, bool is_signed) {
    // From the lowest place up: where the bits differ, they decide; at the sign the one that has it is the smaller.
    Bit result = Bit::constant(false);
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool is_sign = is_signed && i + 1 == a.size();
        const Bit decides = is_sign ? a[i] : b[i];
        result = network.mux(network.logical_xor(a[i], b[i]), decides, result);
    }
    return result;
}

Bit equal(BitNetwork& network, const BitWord& a, const BitWord& b) {
    Bit result = Bit::constant(true);
    for (std::size_t i = 0; i < a.size(); ++i) {
        result = network.logical_and(result, ~network.logical_xor(a[i], b[i]));
    }
    return result;
}

}  // namespace lutra
