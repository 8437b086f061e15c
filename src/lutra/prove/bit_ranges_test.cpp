#include "lutra/prove/bit_ranges.h"

#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

constexpr int width = 5;

/// The same by trying all words.
std::optional<Interval> range_by_trying(const std::vector<WeightedBit>& bits, bool is_signed, const Interval& interval) {
    std::optional<Interval> range;
    for (std::int64_t word = 0; word < 1 << width; ++word) {
        const Integer value = is_signed ? Integer(word).low_bits_signed(width) : Integer(word);
        Integer sum = 0;
        bool occurs = interval.contains(value);
        for (int i = 0; i < width; ++i) {
            const WeightedBit& bit = bits[static_cast<std::size_t>(i)];
            const bool is_one = Integer(word).bit(i);
            occurs = occurs && bit.state != (is_one ? WeightedBit::State::Zero : WeightedBit::State::One);
            sum += is_one ? bit.weight : Integer(0);
        }
        if (occurs) {
            range = range ? hull(*range, {sum, sum}) : Interval{sum, sum};
        }
    }
    return range;
}

TEST(BitRanges, AreThoseOfAllWordsOfAnInterval) {
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        const bool is_signed = i % 2 == 0;
        std::vector<WeightedBit> bits(width);
        for (WeightedBit& bit : bits) {
            bit.weight = static_cast<int>(random() % 41) - 20;
            const auto state = random() % 6;
            bit.state = state == 0 ? WeightedBit::State::Zero : state == 1 ? WeightedBit::State::One : WeightedBit::State::Free;
        }
        const int low = static_cast<int>(random() % 32) - (is_signed ? 16 : 0);
        const Interval interval{low, low + static_cast<int>(random() % 12)};
        const auto range = range_by_trying(bits, is_signed, interval);
        EXPECT_EQ(weighted_range(bits, is_signed, interval), range) << i;
        KnownBits known;
        for (std::size_t b = 0; b < bits.size(); ++b) {
            known.mask |= std::uint64_t{bits[b].state != WeightedBit::State::Free} << b;
            known.value |= std::uint64_t{bits[b].state == WeightedBit::State::One} << b;
        }
        EXPECT_EQ(NumbersOfWord(width, is_signed, interval).have(known), range.has_value()) << i;
        for (WeightedBit& bit : bits) {
            bit.weight = bit.weight << 70;
        }
        const auto wide = weighted_range(bits, is_signed, interval);
        EXPECT_EQ(wide, range ? std::optional(Interval{range->low << 70, range->high << 70}) : std::nullopt) << i;
    }
}

TEST(BitRanges, AreNothingWhereNoWordIsLeft) {
    std::vector<WeightedBit> bits(width);
    bits[4].state = WeightedBit::State::One;
    EXPECT_FALSE(weighted_range(bits, false, {0, 15}));
    EXPECT_TRUE(weighted_range(bits, false, {0, 16}));
}

}  // namespace
}  // namespace lutra
