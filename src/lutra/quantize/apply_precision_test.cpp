#include "lutra/quantize/apply_precision.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lutra/lower/lower_graph.h"
#include "lutra/ops/constant.h"
#include "lutra/ops/multiply.h"
#include "lutra/quantize/nets_for_tests.h"

namespace lutra {
namespace {

Results<Graph> applied(const Graph& graph, const std::vector<std::string>& texts) { return apply_precision(graph, parse_precision_spec(texts).value()); }

const Dense& dense_of(const Graph& graph, std::string_view name) { return *graph[*graph.find(name)].op.as<Dense>(); }

const Quantize* result_of(const Graph& graph, std::string_view name) {
    const auto id = graph.find(result_name(name));
    return id ? graph[*id].op.as<Quantize>() : nullptr;
}

/// x(1) -> fc(3) with weights and a bias that show every mode.
Graph one_layer() {
    Graph graph;
    const NodeId x = graph.add("x", Input{{1}}, {}).value();
    graph.add_output("y", graph.add("fc", Dense{{{1, 3}, {0.374, -0.374, 9.0}}, 0.2}, {x}).value());
    return graph;
}

TEST(ApplyPrecision, MeansWhatHls4mlMeansByATypeOfTheModel) {
    const Graph typed = applied(one_layer(), {"fixed<4,2>"}).value();
    EXPECT_EQ(dense_of(typed, "fc").weights.values, (std::vector{0.25, -0.5, 1.0}));
    EXPECT_EQ(dense_of(typed, "fc").bias.values, (std::vector{0.0}));
    const Quantize* result = result_of(typed, "fc");
    ASSERT_NE(result, nullptr);
    EXPECT_EQ(Op(*result), Op(Quantize::from({{true, 4, 2}, Rounding::Truncate, Overflow::Wrap})));
    ASSERT_NE(result_of(typed, "x"), nullptr);
    EXPECT_EQ(result_of(typed, "x")->rounding, Rounding::HalfToEven);
}

TEST(ApplyPrecision, RoundsAndSaturatesWhenToldTo) {
    const Graph typed = applied(one_layer(), {"fixed<4,2,RND,SAT>"}).value();
    EXPECT_EQ(dense_of(typed, "fc").weights.values, (std::vector{0.25, -0.25, 1.75}));
    EXPECT_EQ(dense_of(typed, "fc").bias.values, (std::vector{0.25}));
}

TEST(ApplyPrecision, RecordsEveryRoundedTensorAndWarnsOfOverflow) {
    const Graph typed = applied(one_layer(), {"fixed<4,2>"}).value();
    ASSERT_EQ(typed.decisions().size(), 3U);
    EXPECT_EQ(to_string(typed.decisions()[0]), "note[E0310]: layer 'fc': weight of magnitude up to 9 rounded to fixed<4,2>: largest error 8");
    EXPECT_EQ(typed.decisions()[1].id, DiagnosticId::PrecisionOutOfRange);
    EXPECT_EQ(typed.decisions()[2].id, DiagnosticId::ImportDecision);
}

TEST(ApplyPrecision, TypesOnlyWhatIsNamed) {
    const Graph typed = applied(one_layer(), {"fc.weight=fixed<4,2>"}).value();
    EXPECT_EQ(dense_of(typed, "fc").bias.values, (std::vector{0.2}));
    EXPECT_EQ(typed.size(), 2U);
}

TEST(ApplyPrecision, GivesAGraphThatLowers) {
    const auto lowered = lower_graph(applied(float_net(), {"fixed<16,6>"}).value());
    ASSERT_TRUE(lowered) << to_string(lowered.error()[0]);
    EXPECT_EQ(lowered->circuit.outputs().size(), 1U);
}

TEST(ApplyPrecision, AddsNoQuantizeThatChangesNothing) {
    const Graph typed = applied(float_net(), {"fixed<16,6>"}).value();
    EXPECT_NE(result_of(typed, "fc1"), nullptr);
    EXPECT_EQ(result_of(typed, "relu1"), nullptr);
}

TEST(ApplyPrecision, FoldsBatchNormalisationBeforeItRounds) {
    const Graph typed = applied(float_net(), {"fixed<16,6>"}).value();
    EXPECT_FALSE(typed.find("bn1"));
    EXPECT_NE(dense_of(typed, "fc1").weights.values, dense_of(float_net(), "fc1").weights.values);
}

TEST(ApplyPrecision, KeepsABatchNormalisationThatHasATypeOfItsOwn) {
    const Graph typed = applied(float_net(), {"fixed<16,6>", "bn1.weight=fixed<6,2>"}).value();
    ASSERT_TRUE(typed.find("bn1"));
    const auto& op = *typed[*typed.find("bn1")].op.as<BatchNormalization>();
    EXPECT_TRUE(std::ranges::all_of(op.scale.values, [](double factor) { return factor * 16 == std::floor(factor * 16); }));
    EXPECT_EQ(op.variance, RealTensor(1.0));
}

TEST(ApplyPrecision, KeepsEveryBitWhereToldTo) {
    const Graph typed = applied(float_net(), {"fixed<16,6>", "fc1.result=exact"}).value();
    EXPECT_EQ(result_of(typed, "fc1"), nullptr);
    EXPECT_NE(result_of(typed, "relu1"), nullptr);
}

TEST(ApplyPrecision, RoundsConstants) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId factor = graph.add("factor", Constant{{{2}, {0.3, 0.7}}}, {}).value();
    graph.add_output("y", graph.add("times", Multiply{}, {x, factor}).value());
    const Graph typed = applied(graph, {"fixed<6,2,RND,SAT>"}).value();
    EXPECT_EQ(typed[*typed.find("factor")].op.as<Constant>()->value.values, (std::vector{0.3125, 0.6875}));
}

TEST(ApplyPrecision, MakesFunctionsAsExactAsTheirResultsShow) {
    const Graph typed = applied(float_net(), {"fixed<16,6>", "softmax.result=ufixed<8,0,RND,SAT>"}).value();
    EXPECT_EQ(typed[*typed.find("softmax")].op.as<Softmax>()->max_error, 0x1p-10);
}

TEST(ApplyPrecision, ChangesNothingWithoutASpec) { EXPECT_EQ(apply_precision(float_net(), {}).value(), float_net()); }

TEST(ApplyPrecision, AsksForDataWhenTypesAreToBeChosen) {
    const auto typed = applied(float_net(), {"auto"});
    ASSERT_FALSE(typed);
    EXPECT_EQ(typed.error()[0].id, DiagnosticId::CalibrationData);
}

TEST(ApplyPrecision, RefusesConstantsThatNoDoubleHolds) {
    const auto typed = applied(one_layer(), {"fc.weight=fixed<100,4,RND,SAT>"});
    ASSERT_FALSE(typed);
    EXPECT_EQ(typed.error()[0].id, DiagnosticId::TypeTooWide);
    EXPECT_EQ(typed.error()[0].place, "layer 'fc'");
}

}  // namespace
}  // namespace lutra
