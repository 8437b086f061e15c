#pragma once

/// Bounds of weighted sums of the bits of a word that lies in an interval.

#include <cstdint>
#include <optional>
#include <span>

#include "lutra/num/interval.h"

namespace lutra {

/// A bit of a word that counts `weight`; it may be known.
struct WeightedBit {
    enum class State : std::uint8_t { Free, Zero, One };
    Integer weight = 0;
    State state = State::Free;
};

/// The least and the greatest sum of weight * bit over all words whose value, in two's complement when `is_signed`, lies in the interval; lowest bit
/// first. Nothing when there is no such word.
std::optional<Interval> weighted_range(std::span<const WeightedBit> bits, bool is_signed, const Interval& interval);

/// Bits of a word of at most 62 bits that are known.
struct KnownBits {
    std::uint64_t mask = 0;   ///< which
    std::uint64_t value = 0;  ///< 0 elsewhere
};

/// The numbers of an interval, in two's complement of `width` bits when `is_signed`, as words of at most 62 bits.
class NumbersOfWord {
public:
    NumbersOfWord(int width, bool is_signed, const Interval& interval);

    /// Whether some number has these bits.
    bool have(KnownBits known) const;

private:
    int width_ = 0;
    bool is_any_ = false;
    std::uint64_t sign_ = 0;  ///< inverted, words are in the order of their numbers
    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

}  // namespace lutra
