#include <gtest/gtest.h>

#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/auto_precision.h"
#include "lutra/quantize/nets_for_tests.h"

namespace lutra {
namespace {

PrecisionSpec spec_of(const std::vector<std::string>& texts) { return parse_precision_spec(texts).value(); }

TEST(PrecisionDiagnostics, NameTheLayersNearest) {
    EXPECT_EQ(to_string(apply_precision(float_net(), spec_of({"fc3.weight=fixed<8,2>"})).error()[0]),
              "error[E0502]: precision 'fc3.weight=fixed<8,2>': the model has no layer and no layer type 'fc3'\n  help: the nearest are 'fc1', 'fc2', 'bn1'");
}

TEST(PrecisionDiagnostics, RefuseAutoWithoutData) {
    EXPECT_EQ(to_string(apply_precision(float_net(), spec_of({"auto"})).error()[0]),
              "error[E0504]: precision 'auto': types are chosen on data, and none are given\n"
              "  help: give events with --calibrate X.npy, or a type such as fixed<16,6>");
}

TEST(PrecisionDiagnostics, ShowDataThatDoNotFit) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{16}}, {}).value();
    graph.add_output("y", graph.add("relu", Relu{}, {x}).value());
    EXPECT_EQ(to_string(check_calibration(graph, {{random_tensor({1000, 15}, 1, 1)}, {}})[0]),
              "error[E0504]: calibration data: input 'x' takes events of shape 16, the array has the shape 1000x15\n"
              "  help: the first axis counts the events; at least one is needed");
}

TEST(PrecisionDiagnostics, CountConstantsThatWrapAround) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{1}}, {}).value();
    graph.add_output("y", graph.add("fc", Dense{{{1, 3}, {0.374, -0.374, 9.0}}, 0.2}, {x}).value());
    const Diagnostic warning = apply_precision(graph, spec_of({"fc.weight=fixed<4,2>"}))->decisions()[1];
    EXPECT_EQ(warning.message, "1 of the 3 values of the weight lie outside of fixed<4,2> and overflow with mode WRAP; the largest magnitude is 9");
}

TEST(PrecisionDiagnostics, ShowAMissedBudget) {
    const auto chosen = choose_precision(float_net(), spec_of({"auto", "fc1.weight=fixed<2,1>"}), float_net_data(60),
                                         {.accuracy_budget = 0.001, .num_threads = 1, .progress = {}});
    ASSERT_EQ(chosen->warnings.size(), 1U);
    EXPECT_TRUE(to_string(chosen->warnings[0]).starts_with("warning[E0505]: precision 'auto': the best types found lose "));
}

}  // namespace
}  // namespace lutra
