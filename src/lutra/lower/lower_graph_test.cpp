#include "lutra/lower/lower_graph.h"

#include <gtest/gtest.h>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"
#include "lutra/ops/relu.h"

namespace lutra {
namespace {

TEST(LowerGraph, MakesOneCircuitOfADenseNet) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId q = graph.add("q", Quantize::from({{true, 8, 4}, Rounding::HalfToEven, Overflow::Saturate}), {x}).value();
    const NodeId fc = graph.add("fc", Dense{{{2, 1}, {0.5, -1.25}}, 0.125}, {q}).value();
    const NodeId relu = graph.add("relu", Relu{}, {fc}).value();
    graph.add_output("y", relu);
    const auto lowered = lower_graph(graph);
    ASSERT_TRUE(lowered);
    ASSERT_EQ(lowered->inputs.size(), 1U);
    const std::vector<Integer> in = {quantize_value(3.0, lowered->inputs[0].elements[0]), quantize_value(-1.0, lowered->inputs[0].elements[1])};
    const Port& port = lowered->circuit.outputs()[0];
    const Integer raw = evaluate_scalar(lowered->circuit, in)[0];
    EXPECT_EQ((Dyadic(raw, -lowered->circuit.type(port.wires[0]).fraction) * port.scale + port.offset).to_double(), 2.875);
}

TEST(LowerGraph, NamesTheLayersThatHaveNoPrecision) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId fc = graph.add("fc", Dense{{{2, 1}, {0.5, -1.25}}, 0.0}, {x}).value();
    graph.add_output("y", fc);
    const auto lowered = lower_graph(graph);
    ASSERT_FALSE(lowered);
    EXPECT_EQ(lowered.error()[0].place, "layer 'fc'");
}

}  // namespace
}  // namespace lutra
