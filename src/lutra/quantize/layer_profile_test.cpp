#include "lutra/quantize/layer_profile.h"

#include <gtest/gtest.h>

#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"

namespace lutra {
namespace {

TEST(RecommendedType, HoldsTheRangeAndOnePercentOfTheDeviation) {
    // A step of 0.01 * sqrt(12) = 0.0346 at most: 2^-5. 3.5 and an eighth more need two bits before the point, and the sign.
    EXPECT_EQ(to_string(recommended_type(-3.5, 3.0, 1.0)), "fixed<8,3,RND,SAT>");
    EXPECT_EQ(to_string(recommended_type(0, 3.6, 1.0)), "ufixed<8,3,RND,SAT>");
    EXPECT_EQ(to_string(recommended_type(0, 1000, 100)), "ufixed<10,11,RND,SAT>");
    EXPECT_EQ(to_string(recommended_type(0, 0, 0)), "ufixed<1,1,RND,SAT>");
}

TEST(LayerProfile, TellsRangeAndQuantilesOfWeightsAndResults) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{1}}, {}).value();
    graph.add_output("y", graph.add("fc", Dense{RealTensor({1, 2}, {2.0, -1.0}), 0.5}, {x}).value());
    RealTensor events({101, 1}, {});
    for (int i = 0; i <= 100; ++i) {
        events.values.push_back(i);
    }
    const auto profiles = profile_layers(graph, {{events}, {}}, 1);
    ASSERT_TRUE(profiles);
    ASSERT_EQ(profiles->size(), 4U);
    const VariableProfile& input = (*profiles)[0];
    EXPECT_EQ(input.layer, "x");
    EXPECT_EQ(input.quantiles[3], 50.0);
    EXPECT_EQ(input.quantiles[2], 25.0);
    EXPECT_EQ(input.magnitudes[0], 1.0);
    EXPECT_EQ((*profiles)[1].variable, PrecisionVariable::Weight);
    EXPECT_EQ((*profiles)[1].min, -1.0);
    EXPECT_EQ((*profiles)[2].variable, PrecisionVariable::Bias);
    EXPECT_EQ((*profiles)[2].max, 0.5);
    const VariableProfile& result = (*profiles)[3];
    EXPECT_EQ(result.min, -99.5);
    EXPECT_EQ(result.max, 200.5);
    EXPECT_EQ(result.num_values, 202U);
}

TEST(LayerProfile, ReportsDataThatDoNotFit) {
    Graph graph;
    graph.add_output("y", graph.add("x", Input{{2}}, {}).value());
    EXPECT_EQ(profile_layers(graph, {{RealTensor({1, 1}, {0.0})}, {}}, 1).error()[0].id, DiagnosticId::CalibrationData);
}

}  // namespace
}  // namespace lutra
