#include <gtest/gtest.h>

#include <random>

#include "cases.h"
#include "lutra/flow/icarus.h"
#include "lutra/flow/simulate.h"
#include "lutra/flow/tools_for_tests.h"

namespace lutra::conformance {
namespace {

/// All cases side by side in one circuit, so that one bench is compiled for all of them.
Circuit circuit_of_all_cases() {
    CircuitBuilder builder;
    int number = 0;
    for (const Case& test : all_cases()) {
        if (!test.op.info().is_real) {
            const std::string prefix = fmt::format("{}_{}_", test.op.name(), number++);
            builder.set_origin(prefix);
            add_op_for_test(builder, test.op, test.inputs, prefix);
        }
    }
    return builder.finish();
}

/// Extremes of the types, then random values of all magnitudes.
BenchVectors vectors_of(const Circuit& circuit, int num_events) {
    std::mt19937_64 random(17);
    BenchVectors vectors;
    for (int event = 0; event < num_events; ++event) {
        std::vector<Integer> raw;
        for (const Wire wire : flat_wires(circuit.inputs())) {
            const FixedPointType& type = circuit.type(wire);
            const Integer bits = Integer(static_cast<std::uint64_t>(random())) >> static_cast<int>(random() % 12);
            const Integer value = type.is_signed ? bits.low_bits_signed(type.width) >> static_cast<int>(random() % 8) : bits.low_bits(type.width);
            raw.push_back(event == 0 ? type.min_raw() : (event == 1 ? type.max_raw() : value));
        }
        const auto outputs = evaluate_scalar(circuit, raw);
        vectors.inputs.insert(vectors.inputs.end(), raw.begin(), raw.end());
        vectors.outputs.insert(vectors.outputs.end(), outputs.begin(), outputs.end());
    }
    return vectors;
}

TEST(Conformance, VerilogOfEveryOpGivesTheSameBits) {
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    constexpr int num_events = 100;
    const TestFolder folder("conformance");
    const Circuit circuit = circuit_of_all_cases();
    const auto run = write_bench(circuit, {.module_name = "all_ops"}, vectors_of(circuit, num_events), folder.path());
    ASSERT_TRUE(run) << to_string(run.error());
    const auto result = simulate_with_icarus(*icarus, *run);
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = num_events, .mismatches = 0})) << result->log_tail;
}

}  // namespace
}  // namespace lutra::conformance
