#include "lutra/circuit/random_circuit.h"

#include <gtest/gtest.h>

#include <set>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/text.h"

namespace lutra {
namespace {

TEST(RandomCircuit, IsTheSameForTheSameSeedAndHoldsEveryPrimitive) {
    std::set<PrimitiveKind> kinds;
    bool has_zero_width = false;
    bool has_wide = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed});
        EXPECT_EQ(circuit, random_circuit({.seed = seed}));
        for (std::uint32_t i = 0; i < circuit.size(); ++i) {
            kinds.insert(circuit[Wire{i}].kind);
            has_zero_width = has_zero_width || circuit.type(Wire{i}).width == 0;
            has_wide = has_wide || circuit.type(Wire{i}).width > 128;
        }
    }
    EXPECT_EQ(kinds.size(), static_cast<std::size_t>(num_primitive_kinds));
    EXPECT_TRUE(has_zero_width);
    EXPECT_TRUE(has_wide);
}

TEST(RandomCircuit, KeepsToItsOptions) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .max_width = 20, .has_registers = false, .has_zero_widths = false});
        for (std::uint32_t i = 0; i < circuit.size(); ++i) {
            EXPECT_NE(circuit[Wire{i}].kind, PrimitiveKind::Register);
            EXPECT_GE(circuit.type(Wire{i}).width, 1);
            EXPECT_LE(circuit.type(Wire{i}).width, 20);
        }
    }
}

TEST(RandomCircuit, HasEveryValueInTheProvedIntervalOfItsWire) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed});
        const std::size_t num_inputs = flat_wires(circuit.inputs()).size();
        const auto inputs = random_inputs(circuit, 8, seed);
        for (std::size_t event = 0; event < 8; ++event) {
            const auto values = evaluate_wires(circuit, std::span(inputs).subspan(event * num_inputs, num_inputs));
            for (std::uint32_t i = 0; i < circuit.size(); ++i) {
                ASSERT_TRUE(circuit.interval(Wire{i}).contains(values[i])) << "seed " << seed << " wire " << i << "\n" << print(circuit);
                ASSERT_TRUE(circuit.type(Wire{i}).contains(values[i])) << "seed " << seed << " wire " << i;
            }
        }
    }
}

TEST(RandomCircuit, HasATextFormThatParsesBack) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed});
        const auto parsed = parse_circuit(print(circuit), "random");
        ASSERT_TRUE(parsed) << "seed " << seed << ": " << to_string(parsed.error());
        EXPECT_EQ(*parsed, circuit) << "seed " << seed;
    }
}

}  // namespace
}  // namespace lutra
