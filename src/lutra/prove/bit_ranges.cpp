#include "lutra/prove/bit_ranges.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {

constexpr std::size_t at_low = 1;
constexpr std::size_t at_high = 2;

/// The least and the greatest of some sums.
template <typename Number>
struct Ends {
    bool is_any = false;
    Number low = 0;
    Number high = 0;

    void widen(const Ends& other, const Number& added) {
        const Number other_low = other.low + added;
        const Number other_high = other.high + added;
        low = is_any ? std::min(low, other_low) : other_low;
        high = is_any ? std::max(high, other_high) : other_high;
        is_any = true;
    }
};

/// From the highest bit down, for each answer to "are the bits so far those of the lower, of the upper bound?". `weight(i)` is that of bit i.
template <typename Number, typename Weight>
Ends<Number> ends_of(std::span<const WeightedBit> bits, bool is_signed, const Integer& low, const Integer& high, Weight weight) {
    std::array<Ends<Number>, 4> sums;
    sums[at_low | at_high].is_any = true;
    for (std::size_t i = bits.size(); i-- > 0;) {
        const bool is_inverted = is_signed && i + 1 == bits.size();
        const bool low_bit = low.bit(static_cast<int>(i));
        const bool high_bit = high.bit(static_cast<int>(i));
        std::array<Ends<Number>, 4> next;
        for (std::size_t bounds = 0; bounds < sums.size(); ++bounds) {
            for (const bool digit : {false, true}) {
                const bool value = digit != is_inverted;
                const bool is_excluded = bits[i].state == (value ? WeightedBit::State::Zero : WeightedBit::State::One);
                const bool is_below = (bounds & at_low) != 0 && digit < low_bit;
                const bool is_above = (bounds & at_high) != 0 && digit > high_bit;
                if (!sums[bounds].is_any || is_excluded || is_below || is_above) {
                    continue;
                }
                const std::size_t stays_low = (bounds & at_low) != 0 && digit == low_bit ? at_low : 0;
                const std::size_t stays_high = (bounds & at_high) != 0 && digit == high_bit ? at_high : 0;
                next[stays_low | stays_high].widen(sums[bounds], value ? weight(i) : Number(0));
            }
        }
        sums = std::move(next);
    }
    Ends<Number> all;
    for (const Ends<Number>& ends : sums) {
        if (ends.is_any) {
            all.widen(ends, 0);
        }
    }
    return all;
}

/// What two's complement is raised by so that its numbers are in the order of their bits, the sign inverted.
Integer half_of(int width, bool is_signed) { return is_signed && width > 0 ? Integer::power_of_two(width - 1) : Integer(0); }

/// The interval in that order, as far as `width` bits go; nothing when that is empty.
std::optional<Interval> raised(const Interval& interval, int width, bool is_signed) {
    const Integer half = half_of(width, is_signed);
    const Interval result{std::max(interval.low + half, Integer(0)), std::min(interval.high + half, Integer::power_of_two(width) - Integer(1))};
    return result.low > result.high ? std::nullopt : std::optional(result);
}

/// The same where the bits can be anything.
template <typename Number, typename Weight>
Ends<Number> ends_of_all(std::span<const WeightedBit> bits, Weight weight) {
    Ends<Number> sums{.is_any = true};
    for (std::size_t i = 0; i < bits.size(); ++i) {
        const Number if_one = bits[i].state == WeightedBit::State::Zero ? Number(0) : Number(weight(i));
        sums.low += bits[i].state == WeightedBit::State::One ? if_one : std::min(if_one, Number(0));
        sums.high += bits[i].state == WeightedBit::State::One ? if_one : std::max(if_one, Number(0));
    }
    return sums;
}

/// Sums of so few weights of so few bits fit in 64 bits.
bool is_narrow(std::span<const WeightedBit> bits) {
    constexpr int max_weight_bits = 50;
    constexpr std::size_t max_bits = 1 << 12;
    return bits.size() <= max_bits && std::ranges::all_of(bits, [](const WeightedBit& bit) { return bit.weight.bit_length() <= max_weight_bits; });
}

template <typename Number, typename Weight>
std::optional<Interval> weighted_range_of(std::span<const WeightedBit> bits, bool is_signed, const Interval& bounds, Weight weight) {
    const auto width = static_cast<int>(bits.size());
    const bool is_all = bounds.low.is_zero() && bounds.high == Integer::power_of_two(width) - Integer(1);
    const Ends<Number> ends = is_all ? ends_of_all<Number>(bits, weight) : ends_of<Number>(bits, is_signed, bounds.low, bounds.high, weight);
    return ends.is_any ? std::optional(Interval{ends.low, ends.high}) : std::nullopt;
}

}  // namespace

std::optional<Interval> weighted_range(std::span<const WeightedBit> bits, bool is_signed, const Interval& interval) {
    const auto bounds = raised(interval, static_cast<int>(bits.size()), is_signed);
    if (!bounds) {
        return std::nullopt;
    }
    return is_narrow(bits) ? weighted_range_of<std::int64_t>(bits, is_signed, *bounds, [&](std::size_t i) { return bits[i].weight.to_int64(); })
                           : weighted_range_of<Integer>(bits, is_signed, *bounds, [&](std::size_t i) { return bits[i].weight; });
}

NumbersOfWord::NumbersOfWord(int width, bool is_signed, const Interval& interval) : width_(width) {
    if (const auto bounds = raised(interval, width, is_signed)) {
        is_any_ = true;
        sign_ = static_cast<std::uint64_t>(half_of(width, is_signed).to_int64());
        low_ = static_cast<std::uint64_t>(bounds->low.to_int64());
        high_ = static_cast<std::uint64_t>(bounds->high.to_int64());
    }
}

bool NumbersOfWord::have(KnownBits known) const {
    known.value ^= known.mask & sign_;
    if (!is_any_ || (low_ & known.mask) == known.value) {
        return is_any_;
    }
    // The least number above the lowest begins like it, has a 1 where that has its lowest possible 0, and only the known ones below.
    for (int i = 0; i < width_; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        const std::uint64_t above = ~(2 * bit - 1);
        const bool can_be_one = (low_ & bit) == 0 && ((known.mask & bit) == 0 || (known.value & bit) != 0);
        if (can_be_one && (low_ & known.mask & above) == (known.value & above)) {
            return ((low_ & above) | bit | (known.value & (bit - 1))) <= high_;
        }
    }
    return false;
}

}  // namespace lutra
