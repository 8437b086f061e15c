#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <random>

#include "cases.h"
#include "lutra/ir/text.h"
#include "lutra/lower/lower_graph.h"
#include "lutra/ops/builtin_ops.h"
#include "lutra/ops/input.h"
#include "lutra/ops/quantize.h"
#include "lutra/passes/decide.h"
#include "lutra/passes/pipeline.h"

namespace lutra::conformance {
namespace {

/// Texts of small graphs, one per case.
std::vector<std::string> texts() {
    std::vector<std::string> result;
    for (const Case& test : all_cases()) {
        Graph graph;
        std::vector<NodeId> inputs;
        for (const TestInput& input : test.inputs) {
            const NodeId x = graph.add("x", Input{input.shape}, {}).value();
            inputs.push_back(graph.add("q", Quantize::from({narrow, Rounding::HalfToEven, Overflow::Saturate}), {x}).value());
        }
        if (const auto added = graph.add("layer", test.op, inputs)) {
            graph.add_output("y", *added);
            result.push_back(print(graph));
        }
    }
    return result;
}

/// A text with one to three of its words replaced by numbers at the edges, words of other places, or nothing.
std::string mutated(const std::string& text, std::mt19937& random) {
    constexpr std::array<std::string_view, 22> words = {
        "0",    "-1",  "1",  "2",    "-0.0",    "1e308",    "-1e308", "5e-324", "1e-200", "9223372036854775807", "-9223372036854775808", "inf",
        "-inf", "0.5", "64", "1024", "\"SAT\"", "\"WRAP\"", "true",   "[]",     "[0]",    "tensor [2] { 1 -3 }"};
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == ',') {
            parts.push_back(part);
            parts.emplace_back(1, c);
            part.clear();
        } else {
            part += c;
        }
    }
    const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
    const std::size_t num_changes = 1 + pick(3);
    const auto is_number = [](const std::string& word) { return !word.empty() && (std::isdigit(static_cast<unsigned char>(word[0])) || word[0] == '-'); };
    for (std::size_t i = 0; i < num_changes; ++i) {
        std::size_t target = 6 + pick(parts.size() - 6);
        for (int tries = 0; tries < 50 && !is_number(parts[target]); ++tries) {
            target = 6 + pick(parts.size() - 6);  // mostly numbers: other changes rarely get past the parser
        }
        parts[target] = pick(8) == 0 ? parts[pick(parts.size())] : std::string(words[pick(words.size())]);
    }
    std::string result;
    for (const std::string& word : parts) {
        result += word;
    }
    return result;
}

TEST(GraphText, SurvivesMutations) {
    const char* rounds_text = std::getenv("LUTRA_MUTATION_ROUNDS");
    const int num_rounds = rounds_text != nullptr ? std::atoi(rounds_text) : 3;
    std::mt19937 random(rounds_text != nullptr ? static_cast<unsigned>(num_rounds) : 1);
    int num_accepted = 0;
    for (int round = 0; round < num_rounds; ++round) {
        for (const std::string& text : texts()) {
            const std::string hostile = mutated(text, random);
            const auto graph = parse_graph(hostile, "mutated", builtin_ops());
            if (!graph) {
                EXPECT_FALSE(graph.error().message.empty());
                continue;
            }
            ++num_accepted;
            EXPECT_EQ(parse_graph(print(*graph), "printed", builtin_ops()).value(), *graph);
            const auto simplified = run_passes(*graph);
            if (simplified) {
                (void)lower_graph(*simplified);
                (void)decide_argmax(*simplified);
            }
        }
    }
    EXPECT_GT(num_accepted, 15 * num_rounds);
}

}  // namespace
}  // namespace lutra::conformance
