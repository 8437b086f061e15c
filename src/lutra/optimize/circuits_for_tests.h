#pragma once

/// What the tests of circuit passes share.

#include <gtest/gtest.h>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"

namespace lutra {

inline constexpr int num_random_circuits = 60;

/// A random circuit without registers.
inline Circuit random_combinational(int seed) {
    return random_circuit({.seed = static_cast<std::uint64_t>(seed), .num_primitives = 50, .max_width = 80, .has_registers = false});
}

/// Compares the outputs of two circuits for a few random events.
inline void expect_equal_outputs(const Circuit& before, const Circuit& after, std::uint64_t seed) {
    constexpr std::size_t num_events = 12;
    const auto inputs = random_inputs(before, num_events, seed);
    const std::size_t num_inputs = inputs.size() / num_events;
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto one = std::span(inputs).subspan(event * num_inputs, num_inputs);
        ASSERT_EQ(evaluate_scalar(before, one), evaluate_scalar(after, one)) << "circuit " << seed << ", event " << event;
    }
}

/// How many primitives of a kind a circuit has.
inline int count(const Circuit& circuit, PrimitiveKind kind) {
    int found = 0;
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        found += circuit[Wire{i}].kind == kind ? 1 : 0;
    }
    return found;
}

}  // namespace lutra
