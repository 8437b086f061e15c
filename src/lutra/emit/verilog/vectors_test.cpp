#include "lutra/emit/verilog/vectors.h"

#include <gtest/gtest.h>

namespace lutra::verilog {
namespace {

TEST(Vectors, PutElementZeroLowest) {
    const std::vector<int> widths = {4, 0, 5};
    const std::vector<std::int64_t> raws = {-1, 0, 1, 3, 0, -2};
    EXPECT_EQ(vector_lines(widths, raws), "01f\n1e3\n");
}

TEST(Vectors, AgreeForWordsAndIntegersOfAnyWidth) {
    std::vector<int> widths;
    std::vector<std::int64_t> words;
    std::vector<Integer> integers;
    Integer total = 0;
    int used = 0;
    std::uint64_t state = 7;
    for (const int width : {64, 1, 63, 100, 3, 0, 64, 200}) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const int bits = std::min(width, 64);
        const std::int64_t word = bits == 0 ? 0 : static_cast<std::int64_t>(state) >> (64 - bits);
        widths.push_back(width);
        words.push_back(word);
        integers.push_back(word);
        total += Integer(word).low_bits(width) << used;
        used += width;
    }
    EXPECT_EQ(vector_lines(widths, words), total.to_hex(used) + "\n");
    EXPECT_EQ(vector_lines(widths, integers), total.to_hex(used) + "\n");
    const std::vector<int> one = {130};
    const std::vector<Integer> large = {Integer::power_of_two(129) + Integer(5)};
    EXPECT_EQ(vector_lines(one, large), large[0].to_hex(130) + "\n");
}

}  // namespace
}  // namespace lutra::verilog
