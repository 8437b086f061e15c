#include "lutra/flow/layer_cuts.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

using Layers = std::vector<int>;

TEST(LayerCuts, CutsWhereTheNetlistHasMostNets) {
    const std::vector<LayerNets> layers = {
        {.all = 8, .with_partner = 6}, {.all = 8, .with_partner = 5}, {.all = 4, .with_partner = 4}, {}, {.all = 9, .with_partner = 0}};
    EXPECT_EQ(cut_layers(layers, 0), (Layers{0, 1, 2}));
    EXPECT_EQ(cut_layers(layers, 1), (Layers{0, 2}));
    EXPECT_EQ(cut_layers(layers, 2), (Layers{0}));
    EXPECT_EQ(cut_layers(layers, 3), (Layers{}));
    EXPECT_EQ(cut_layers(layers, 50), (Layers{}));
}

TEST(LayerCuts, TakesInTwiceAsManyEachTime) {
    const std::vector<LayerNets> layers(9, {.all = 1, .with_partner = 1});
    EXPECT_EQ(cut_layers(layers, 2).size(), 8U);
    EXPECT_EQ(cut_layers(layers, 3).size(), 7U);
    EXPECT_EQ(cut_layers(layers, 4).size(), 5U);
    EXPECT_EQ(cut_layers(layers, 5).size(), 1U);
    EXPECT_EQ(cut_layers(layers, 6).size(), 0U);
}

TEST(LayerCuts, AWideningThatChangesNothingIsPassedOver) {
    EXPECT_EQ(next_widening(std::vector<LayerNets>{{.all = 2, .with_partner = 2}, {}}, 0), 2);
    EXPECT_EQ(next_widening(std::vector<LayerNets>{{.all = 2, .with_partner = 1}}, 0), 1);
    EXPECT_EQ(next_widening({}, 4), 5);
}

}  // namespace
}  // namespace lutra
