#include "lutra/base/index_table.h"

#include <gtest/gtest.h>

#include <string>

#include "lutra/base/bits.h"

namespace lutra {
namespace {

TEST(IndexTable, FindsWhatWasAddedAlsoAmongEqualHashes) {
    IndexTable table;
    std::vector<std::string> things;
    const auto number_of = [&](const std::string& thing) {
        return table.find_or_add(
            thing.size() % 3, [&](std::uint32_t index) { return things[index] == thing; },
            [&] {
                things.push_back(thing);
                return static_cast<std::uint32_t>(things.size() - 1);
            });
    };
    constexpr std::uint32_t num_things = 200;
    for (std::uint32_t i = 0; i < num_things; ++i) {
        EXPECT_EQ(number_of(std::to_string(i)), i);
    }
    for (std::uint32_t i = 0; i < num_things; ++i) {
        EXPECT_EQ(number_of(std::to_string(i)), i);
    }
    table.clear();
    EXPECT_EQ(number_of("0"), num_things);
}

TEST(CountOnes, CountsThem) {
    EXPECT_EQ(count_ones(0), 0);
    EXPECT_EQ(count_ones(~std::uint64_t{0}), 64);
    for (int i = 0; i < 64; ++i) {
        EXPECT_EQ(count_ones((std::uint64_t{1} << i) | 1), i == 0 ? 1 : 2);
    }
}

}  // namespace
}  // namespace lutra
