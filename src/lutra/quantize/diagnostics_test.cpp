#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "lutra/lower/lower_graph.h"
#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/auto_precision.h"
#include "lutra/quantize/nets_for_tests.h"

namespace lutra {
namespace {

/// Checks that the page of a diagnostic shows its message as it is, indented by four spaces.
void expect_on_page(const Diagnostic& diagnostic) {
    const std::string code(info_of(diagnostic.id).code);
    std::ifstream file(std::string(LUTRA_SOURCE_DIR "/docs/diagnostics/") + code + ".md");
    std::stringstream page;
    page << file.rdbuf();
    std::string text = "    " + to_string(diagnostic);
    if (const std::size_t line = text.find('\n'); line != std::string::npos) {
        text.insert(line + 1, "    ");
    }
    EXPECT_NE(page.str().find(text), std::string::npos) << code << " does not show\n" << text;
}

PrecisionSpec spec_of(const std::vector<std::string>& texts) { return parse_precision_spec(texts).value(); }

TEST(PrecisionDiagnostics, AreShownOnTheirPages) {
    const Graph graph = float_net();
    expect_on_page(parse_precision("fc1.weight=fixed<8;2>").error());
    expect_on_page(apply_precision(graph, spec_of({"fc3.weight=fixed<8,2>"})).error()[0]);
    expect_on_page(lower_graph(graph).error()[0]);
    expect_on_page(apply_precision(graph, spec_of({"auto"})).error()[0]);
}

TEST(PrecisionDiagnostics, ShowDataThatDoNotFit) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{16}}, {}).value();
    graph.add_output("y", graph.add("relu", Relu{}, {x}).value());
    expect_on_page(check_calibration(graph, {{random_tensor({1000, 15}, 1, 1)}, {}})[0]);
}

TEST(PrecisionDiagnostics, ShowConstantsThatWrapAround) {
    Graph graph;
    const NodeId x = graph.add("x", Input{{1}}, {}).value();
    graph.add_output("y", graph.add("fc", Dense{{{1, 3}, {0.374, -0.374, 9.0}}, 0.2}, {x}).value());
    expect_on_page(apply_precision(graph, spec_of({"fc.weight=fixed<4,2>"}))->decisions()[1]);
}

TEST(PrecisionDiagnostics, ShowAMissedBudget) {
    const auto chosen = choose_precision(float_net(), spec_of({"auto", "fc1.weight=fixed<2,1>"}), float_net_data(60), {.accuracy_budget = 0.001, .num_threads = 1, .progress = {}});
    ASSERT_EQ(chosen->warnings.size(), 1U);
    EXPECT_TRUE(to_string(chosen->warnings[0]).starts_with("warning[E0505]: precision 'auto': the best types found lose "));
}

}  // namespace
}  // namespace lutra
