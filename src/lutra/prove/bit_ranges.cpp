#include "lutra/prove/bit_ranges.h"

#include <array>

namespace lutra {

namespace {

/// Sums so far, from the highest bit down; kept for each answer to "are the bits so far those of the lower, of the upper bound?".
using Sums = std::array<std::optional<Interval>, 4>;
constexpr std::size_t at_low = 1;
constexpr std::size_t at_high = 2;

void widen(std::optional<Interval>& sums, const Interval& added) { sums = sums ? hull(*sums, added) : added; }

}  // namespace

std::optional<Interval> weighted_range(const std::vector<WeightedBit>& bits, bool is_signed, const Interval& interval) {
    const auto width = static_cast<int>(bits.size());
    // Two's complement in the order of its bits: the sign inverted, the bounds raised by half.
    const Integer half = is_signed && width > 0 ? Integer::power_of_two(width - 1) : Integer(0);
    const Integer low = std::max(interval.low + half, Integer(0));
    const Integer high = std::min(interval.high + half, Integer::power_of_two(width) - Integer(1));
    if (low > high) {
        return std::nullopt;
    }
    Sums sums;
    sums[at_low | at_high] = Interval{0, 0};
    for (int i = width; i-- > 0;) {
        const WeightedBit& bit = bits[static_cast<std::size_t>(i)];
        const bool is_inverted = is_signed && i + 1 == width;
        const bool low_bit = low.bit(i);
        const bool high_bit = high.bit(i);
        Sums next;
        for (std::size_t bounds = 0; bounds < sums.size(); ++bounds) {
            for (const bool digit : {false, true}) {
                const bool value = digit != is_inverted;
                const bool is_excluded = bit.state == (value ? WeightedBit::State::Zero : WeightedBit::State::One);
                const bool is_below = (bounds & at_low) != 0 && digit < low_bit;
                const bool is_above = (bounds & at_high) != 0 && digit > high_bit;
                if (!sums[bounds] || is_excluded || is_below || is_above) {
                    continue;
                }
                const std::size_t stays_low = (bounds & at_low) != 0 && digit == low_bit ? at_low : 0;
                const std::size_t stays_high = (bounds & at_high) != 0 && digit == high_bit ? at_high : 0;
                const Integer added = value ? bit.weight : Integer(0);
                widen(next[stays_low | stays_high], {sums[bounds]->low + added, sums[bounds]->high + added});
            }
        }
        sums = std::move(next);
    }
    std::optional<Interval> result;
    for (const std::optional<Interval>& ends : sums) {
        if (ends) {
            widen(result, *ends);
        }
    }
    return result;
}

}  // namespace lutra
