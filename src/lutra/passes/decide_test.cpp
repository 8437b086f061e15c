#include "lutra/passes/decide.h"

#include <gtest/gtest.h>

#include "lutra/passes/graph_for_tests.h"

namespace lutra {
namespace {

const std::string source = "%0 = input \"x\" { shape = [3] }\n%1 = quantize \"in\" (%0)\n";

std::string decided(const std::string& layers) {
    const auto result = decide_argmax(graph_of(source + layers));
    return result ? print(*result) : std::string(info_of(result.error().id).code);
}

TEST(DecideArgmax, DropsFinalOpsThatKeepTheOrder) {
    for (const std::string op : {"softmax", "sigmoid", "tanh", "leaky_relu", "elu", "erf", "exp", "log", "log_softmax", "softplus", "softsign", "sqrt"}) {
        const std::string text = decided("%2 = " + op + " \"act\" (%1)\noutput \"y\" = %2");
        EXPECT_EQ(text.find("%2 = " + op), std::string::npos);
        EXPECT_NE(text.find("%2 = argmax \"y_argmax\" (%1)"), std::string::npos) << text;
        EXPECT_NE(text.find(op + " keeps the order of scores"), std::string::npos) << text;
    }
}

TEST(DecideArgmax, KeepsOpsThatMakeScoresEqual) {
    for (const std::string op : {"relu", "quantize", "bipolar", "abs", "gelu", "silu", "mish", "reciprocal", "rsqrt"}) {
        EXPECT_NE(decided("%2 = " + op + " \"act\" (%1)\noutput \"y\" = %2").find("%3 = argmax \"y_argmax\" (%2)"), std::string::npos) << op;
    }
    for (const std::string op : {"leaky_relu \"act\" (%1) { alpha = -0.5 }", "elu \"act\" (%1) { alpha = 0 }"}) {
        EXPECT_NE(decided("%2 = " + op + "\noutput \"y\" = %2").find("argmax \"y_argmax\" (%2)"), std::string::npos) << op;
    }
}

TEST(DecideArgmax, RefusesWhatIsNoClassScore) { EXPECT_EQ(decided("%2 = slice \"s\" (%1) { starts = [0], ends = [1] }\noutput \"y\" = %2"), "E0604"); }

}  // namespace
}  // namespace lutra
