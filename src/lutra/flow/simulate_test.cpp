#include "lutra/flow/simulate.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/every_primitive.h"
#include "lutra/flow/tools_for_tests.h"

namespace lutra {
namespace {

BenchVectors random_vectors(const Circuit& circuit, int num_events) {
    std::mt19937_64 random(1);
    BenchVectors vectors;
    for (int i = 0; i < num_events; ++i) {
        const auto event = random_event(circuit, random);
        const auto result = evaluate_scalar(circuit, event);
        vectors.inputs.insert(vectors.inputs.end(), event.begin(), event.end());
        vectors.outputs.insert(vectors.outputs.end(), result.begin(), result.end());
    }
    return vectors;
}

Circuit small_circuit() {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 2});
    const Wire y = b.register_stage(b.add_constant(b.register_stage(x), 3));
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {y}});
    return b.finish();
}

TEST(Simulate, IcarusComputesEveryPrimitiveAsTheEvaluatorDoes) {
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    const TestFolder folder("every_icarus");
    const Circuit circuit = EveryPrimitive::make({{true, 0, 0}, {false, 1, 0}, {true, 4, 0}, {true, 65, 0}});
    const auto run = write_bench(circuit, {}, random_vectors(circuit, 50), folder.path());
    ASSERT_TRUE(run) << to_string(run.error());
    const auto result = simulate_with_icarus(*icarus, *run);
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 50, .mismatches = 0})) << result->log_tail;
}

TEST(Simulate, VerilatorComputesEveryPrimitiveAsTheEvaluatorDoes) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    const TestFolder folder("every_verilator");
    const Circuit circuit = EveryPrimitive::make({{true, 0, 0}, {false, 1, 0}, {true, 4, 0}, {true, 65, 0}});
    const auto run = write_bench(circuit, {}, random_vectors(circuit, 50), folder.path());
    ASSERT_TRUE(run) << to_string(run.error());
    const auto result = simulate_with_verilator(verilator, *run);
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 50, .mismatches = 0})) << result->log_tail;
}

TEST(Simulate, FindsOneFalseExpectedValueInAPipeline) {
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    const TestFolder folder("false_value");
    const Circuit circuit = small_circuit();
    BenchVectors vectors = random_vectors(circuit, 20);
    const auto verdict = [&] {
        const auto run = write_bench(circuit, {}, vectors, folder.path());
        EXPECT_TRUE(run) << to_string(run.error());
        const auto result = simulate_with_icarus(*icarus, *run);
        EXPECT_TRUE(result) << to_string(result.error());
        return result ? result->verdict : SimulationVerdict{};
    };
    EXPECT_EQ(verdict(), (SimulationVerdict{.vectors = 20, .mismatches = 0}));
    vectors.outputs[19] += 1;
    EXPECT_EQ(verdict(), (SimulationVerdict{.vectors = 20, .mismatches = 1}));
    vectors.outputs.pop_back();
    EXPECT_EQ(verdict(), (SimulationVerdict{.vectors = 20, .mismatches = 1}));
    vectors = {};
    EXPECT_EQ(verdict(), (SimulationVerdict{.vectors = 0, .mismatches = 0}));
}

}  // namespace
}  // namespace lutra
