#include "lutra/passes/fold_batch_normalization.h"

#include <gtest/gtest.h>

#include <array>

#include "lutra/ir/reference.h"
#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"
#include "lutra/ops/quantize.h"
#include "lutra/ops/relu.h"

namespace lutra {
namespace {

BatchNormalization normalization() {
    return {.scale = {{2}, {1.5, -0.5}}, .bias = {{2}, {0.25, 1}}, .mean = {{2}, {0.5, -1}}, .variance = {{2}, {0.3, 2}}, .epsilon = 1e-3};
}

/// input(2) -> [batch normalisation] -> fc(2) -> relu -> [batch normalisation] -> fc2(2).
struct Net {
    Graph graph;
    NodeId x = graph.add("x", Input{{2}}, {}).value();
    NodeId fc;
    NodeId norm;

    explicit Net(bool is_before) {
        norm = is_before ? graph.add("norm", normalization(), {x}).value() : x;
        fc = graph.add("fc", Dense{{{2, 2}, {0.5, -1.25, 2, 0.75}}, 0.125}, {norm}).value();
        if (!is_before) {
            norm = graph.add("norm", normalization(), {fc}).value();
        }
        const NodeId relu = graph.add("relu", Relu{}, {is_before ? fc : norm}).value();
        graph.add_output("y", relu);
    }
};

void expect_same_function(const Graph& a, const Graph& b) {
    for (const double value : {-1.5, 0.0, 0.7, 3.0}) {
        const std::array inputs = {RealTensor({2}, {value, 1 - value})};
        const auto a_values = evaluate_reference(a, inputs);
        const auto b_values = evaluate_reference(b, inputs);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_NEAR(a_values[a.outputs()[0].node.index][i], b_values[b.outputs()[0].node.index][i], 1e-12);
        }
    }
}

TEST(FoldBatchNormalization, FoldsIntoTheDenseLayerBeforeIt) {
    const Net net(false);
    const Graph folded = fold_batch_normalization(net.graph).value();
    EXPECT_FALSE(folded.find("norm"));
    EXPECT_EQ(folded.size(), 3U);
    EXPECT_EQ(folded.decisions().size(), 1U);
    expect_same_function(net.graph, folded);
}

TEST(FoldBatchNormalization, FoldsIntoTheDenseLayerBehindIt) {
    const Net net(true);
    const Graph folded = fold_batch_normalization(net.graph).value();
    EXPECT_FALSE(folded.find("norm"));
    expect_same_function(net.graph, folded);
}

TEST(FoldBatchNormalization, IsIdempotent) {
    const Graph folded = fold_batch_normalization(Net(true).graph).value();
    EXPECT_EQ(fold_batch_normalization(folded).value(), folded);
}

TEST(FoldBatchNormalization, LeavesADenseLayerThatOthersReadAlone) {
    Net net(false);
    net.graph.add_output("z", net.fc);
    EXPECT_EQ(fold_batch_normalization(net.graph).value(), net.graph);
}

TEST(FoldBatchNormalization, LeavesAModelThatQuantisesAlone) {
    Net net(false);
    const NodeId q = net.graph.add("q", Quantize{}, {net.norm}).value();
    net.graph.add_output("z", q);
    EXPECT_EQ(fold_batch_normalization(net.graph).value(), net.graph);
}

TEST(FoldBatchNormalization, AsksWhetherItMay) {
    const Net net(false);
    const auto never = [](const Node&, const Node&) { return false; };
    EXPECT_EQ(fold_batch_normalization(net.graph, never).value(), net.graph);
}

}  // namespace
}  // namespace lutra
