#include "lutra/flow/layer_bits.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(LayerBits, WordsAreWhatSharesAName) {
    const auto network = read_blif(
        ".inputs x0 x1 x2\n.outputs y0 y1 y2\n.names x0 x1 a_add0[0]\n11 1\n.names x0 x2 a_add0[1]\n11 1\n.names a_add0[1] a_shr1[0]\n1 1\n"
        ".names x1 x2 a_shr1[1]\n11 1\n.names x0 x1 x2 a_add2[0]\n111 1\n.names a_add0[0] y0\n1 1\n.names a_shr1[1] a_shr1[0] y1\n10 1\n.names a_add2[0] y2\n1 "
        "1\n",
        "test.blif");
    ASSERT_TRUE(network);
    const LayerBits bits = find_layer_bits(*network, {"a"});
    const auto word = [&](std::string_view name) {
        for (const auto& [known, node] : network->names) {
            if (known == name) {
                return bits.word[node];
            }
        }
        return LogicIndex{99};
    };
    EXPECT_EQ(bits.between.size(), 4U);
    EXPECT_EQ(word("a_add0[0]"), word("a_add0[1]"));
    EXPECT_EQ(word("a_add0[0]"), word("a_shr1[1]"));
    EXPECT_NE(word("a_add0[0]"), word("a_add2[0]"));
}

}  // namespace
}  // namespace lutra
