#pragma once

#include <cstdint>

namespace lutra {

/// The number of ones. std::popcount is a call where the program runs on processors without the instruction, as ours does; this is not.
constexpr int count_ones(std::uint64_t word) {
    word -= word >> 1 & 0x5555555555555555U;
    word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0FU;
    return static_cast<int>((word * 0x0101010101010101U) >> 56);
}

}  // namespace lutra
