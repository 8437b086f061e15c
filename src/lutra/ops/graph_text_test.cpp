#include <gtest/gtest.h>

#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {
namespace {

Result<Graph> parsed(std::string_view text) { return parse_graph(text, "m.lutra", builtin_ops()); }

/// Code and place of what parse_graph says about a text behind the header, or "ok".
std::string outcome(const std::string& layers) {
    const auto graph = parsed("lutra graph 1\n" + layers);
    return graph ? "ok" : std::string(info_of(graph.error().id).code) + " " + graph.error().place;
}

TEST(GraphText, PrintsWhatParsesToTheSameGraph) {
    const auto graph = parsed(
        "lutra graph 1\n"
        "%0 = input \"x \\\"1\\\"\" { shape = [2] } # a comment\n"
        "%1 = quantize \"q\" (%0) { scale = tensor [2] { 0.1 1e-30 }, rounding = \"RND_CONV\", narrow = true }\n"
        "%2 = clip \"c\" (%1) { min = -inf, max = 3 }\n"
        "%3 = dense \"fc\" (%2) { weights = tensor [2, 1] { -0.0 3 }, bias = 0.1 }\n"
        "%4 = concat \"cat\" (%3, %2)\n"
        "output \"y\" = %4\n");
    ASSERT_TRUE(graph) << to_string(graph.error());
    const std::string text = print(*graph);
    const auto again = parsed(text);
    ASSERT_TRUE(again) << text << to_string(again.error());
    EXPECT_EQ(*again, *graph);
    EXPECT_EQ(print(*again), text);
    EXPECT_NE(text.find("max = 3.0"), std::string::npos);
    EXPECT_NE(text.find("{ -0 3 }"), std::string::npos);
}

TEST(GraphText, BreaksTheLinesOfLongTensors) {
    std::string values;
    for (int i = 0; i < 200; ++i) {
        values += " 0.125";
    }
    const auto graph = parsed("lutra graph 1\n%0 = constant \"c\" { value = tensor [200] {" + values + " } }\noutput \"y\" = %0\n");
    ASSERT_TRUE(graph);
    const std::string text = print(*graph);
    EXPECT_EQ(parsed(text).value(), *graph);
    EXPECT_GT(std::ranges::count(text, '\n'), 10);
}

TEST(GraphText, SaysWhereAndWhatIsWrong) {
    const std::string x = "%0 = input \"x\" { shape = [2] }\n";
    EXPECT_EQ(outcome(x + "output \"y\" = %0"), "ok");
    EXPECT_EQ(outcome(x + "output \"y\" = %1"), "E0202 m.lutra:3:14");
    EXPECT_EQ(outcome(x + "%1 = nothing \"n\" (%0)"), "E0202 m.lutra:3:6");
    EXPECT_EQ(outcome(x + "%2 = relu \"r\" (%0)"), "E0205 m.lutra:3:1");
    EXPECT_EQ(outcome(x + "%1 = relu \"x\" (%0)"), "E0205 m.lutra:3:11");
    EXPECT_EQ(outcome(x + "%1 = relu \"r\""), "E0205 m.lutra:3:1");
    EXPECT_EQ(outcome(x + "%1 = relu \"r\" (%0) { slope = 1 }"), "E0402 m.lutra:3:6");
    EXPECT_EQ(outcome(x + "%1 = clip \"r\" (%0) { max = 1, max = 2 }"), "E0205 m.lutra:3:31");
    EXPECT_EQ(outcome(x + "%1 = dense \"r\" (%0) { weights = tensor [2, 2] { 1 2 3 } }"), "E0205 m.lutra:3:33");
    EXPECT_EQ(outcome(x + "%1 = clip \"r\" (%0) { max = }"), "E0201 m.lutra:3:28");
    EXPECT_EQ(outcome(x + "%1 = clip \"r\" (%0) { max = 1e999 }"), "E0201 m.lutra:3:28");
    EXPECT_EQ(outcome(x + "%1 = dense \"r\" (%0) { weights = tensor [2, 1] { 1 2 }, bias = inf }"), "E0402 m.lutra:3:6");
    EXPECT_EQ(outcome(x + "output \"y\" = %0 output \"y\" = %0"), "E0205 m.lutra:3:24");
    EXPECT_EQ(outcome("%0 = input \"x\" { shape = [67108865] }"), "E0205 m.lutra:2:1");
    EXPECT_FALSE(parsed("lutra circuit 1"));
    EXPECT_FALSE(parsed(""));
}

TEST(GraphText, RefusesWhatIsLargerThanItsLimits) {
    const std::string text = "lutra graph 1 %0 = constant \"c\" { value = tensor [3] { 1 2 3 } }";
    EXPECT_EQ(parse_graph(text, "m", builtin_ops(), {.num_values = 3}).error().id, DiagnosticId::TextTooDeep);
    EXPECT_EQ(parse_graph(text, "m", builtin_ops(), {.num_nodes = 0}).error().id, DiagnosticId::TextTooDeep);
    EXPECT_TRUE(parse_graph(text, "m", builtin_ops(), {.num_values = 4}));
    EXPECT_EQ(parse_graph(text, "m", builtin_ops(), {.num_elements = 2}).error().id, DiagnosticId::TextTooDeep);
    EXPECT_TRUE(parse_graph(text, "m", builtin_ops(), {.num_elements = 3}));
    const auto quantized = parsed("lutra graph 1 %0 = input \"x\" { shape = [67108864] } %1 = quantize \"q\" (%0)");
    ASSERT_FALSE(quantized);
    EXPECT_NE(quantized.error().message.find("more than 1048576 elements"), std::string::npos);
}

}  // namespace
}  // namespace lutra
