#include "lutra/circuit/evaluate.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"

namespace lutra {
namespace {

constexpr std::size_t num_test_events = 70;  // a block and a part of one

std::vector<Integer> expected_outputs(const Circuit& circuit, const std::vector<Integer>& inputs) {
    const std::size_t num_inputs = flat_wires(circuit.inputs()).size();
    std::vector<Integer> outputs;
    for (std::size_t event = 0; event < num_test_events; ++event) {
        for (Integer& output : evaluate_scalar(circuit, std::span(inputs).subspan(event * num_inputs, num_inputs))) {
            outputs.push_back(std::move(output));
        }
    }
    return outputs;
}

/// Compares both entry points on every instruction set of this machine with the scalar evaluation.
void expect_same_as_scalar(const Circuit& circuit, std::uint64_t seed) {
    const auto inputs = random_inputs(circuit, num_test_events, seed);
    const auto expected = expected_outputs(circuit, inputs);
    for (const Isa isa : all_isas) {
        if (!is_supported(isa)) {
            continue;
        }
        const Emulator emulator = Emulator::create(circuit, isa);
        std::vector<Integer> outputs(expected.size());
        emulator.run(inputs, outputs, 1);
        ASSERT_EQ(outputs, expected) << "seed " << seed << ", isa " << static_cast<int>(isa) << "\n" << print(circuit);
        if (emulator.fits_int64()) {
            std::vector<std::int64_t> raw_inputs;
            std::ranges::transform(inputs, std::back_inserter(raw_inputs), [](const Integer& x) { return x.to_int64(); });
            std::vector<std::int64_t> raw_outputs(expected.size());
            emulator.run(raw_inputs, raw_outputs, 1);
            ASSERT_TRUE(std::ranges::equal(raw_outputs, expected)) << "seed " << seed << ", isa " << static_cast<int>(isa);
        }
    }
}

void expect_random_circuits_same(RandomCircuitOptions options, int num_circuits) {
    for (int i = 0; i < num_circuits; ++i) {
        options.seed = static_cast<std::uint64_t>(i);
        ASSERT_NO_FATAL_FAILURE(expect_same_as_scalar(random_circuit(options), options.seed));
    }
}

TEST(Emulator, GivesTheScalarBitsOnNarrowCircuits) { expect_random_circuits_same({.max_width = 24}, 40); }
TEST(Emulator, GivesTheScalarBitsAroundThirtyTwoBits) { expect_random_circuits_same({.max_width = 34}, 40); }
TEST(Emulator, GivesTheScalarBitsUpToSixtyFourBits) { expect_random_circuits_same({.max_width = 63}, 40); }
TEST(Emulator, GivesTheScalarBitsOnWideCircuits) { expect_random_circuits_same({.max_width = 200}, 25); }
TEST(Emulator, GivesTheScalarBitsOnLargeCircuits) { expect_random_circuits_same({.num_primitives = 400, .max_width = 40}, 4); }

/// A dense layer with ReLU and rounding, twice, on operands of `width` bits.
Circuit dense_circuit(int width, int num_units) {
    CircuitBuilder b;
    std::vector<Wire> values;
    for (int i = 0; i < num_units; ++i) {
        values.push_back(b.input({true, width, width / 2}));
    }
    b.add_input({"x", {num_units}, values});
    std::uint64_t state = 1;
    for (int layer = 0; layer < 2; ++layer) {
        std::vector<Wire> next;
        for (int unit = 0; unit < num_units; ++unit) {
            std::vector<LinearTerm> terms;
            for (const Wire value : values) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                terms.push_back({value, Dyadic(Integer(static_cast<int>(state >> 58) - 32), -4)});
            }
            const Wire sum = b.sum(terms, Dyadic(unit - 3, -3));
            next.push_back(b.quantize(b.max(sum, b.constant(0)), {{true, width, width / 2}, Rounding::HalfUp, Overflow::Saturate}));
        }
        values = next;
    }
    b.add_output({"y", {num_units}, values});
    return b.finish();
}

TEST(Emulator, GivesTheScalarBitsOnDenseLayers) {
    for (const int width : {4, 8, 16, 17, 24, 40, 70}) {
        ASSERT_NO_FATAL_FAILURE(expect_same_as_scalar(dense_circuit(width, 9), static_cast<std::uint64_t>(width)));
    }
}

TEST(Emulator, DoesNotDependOnThreadsOrOnTheSizeOfTheBatch) {
    const Circuit circuit = dense_circuit(8, 6);
    const Emulator emulator = Emulator::create(circuit);
    constexpr std::size_t num_events = 5000;
    std::vector<std::int64_t> inputs;
    for (std::size_t i = 0; i < num_events * 6; ++i) {
        inputs.push_back(static_cast<std::int64_t>(i * 2654435761U % 256) - 128);
    }
    std::vector<std::int64_t> one_thread(num_events * 6);
    std::vector<std::int64_t> three_threads(num_events * 6);
    std::vector<std::int64_t> one_by_one(num_events * 6);
    emulator.run(inputs, one_thread, 1);
    emulator.run(inputs, three_threads, 3);
    for (std::size_t event = 0; event < num_events; event += 97) {
        emulator.run(std::span(inputs).subspan(event * 6, 6), std::span(one_by_one).subspan(event * 6, 6), 1);
        EXPECT_TRUE(std::ranges::equal(std::span(one_by_one).subspan(event * 6, 6), std::span(one_thread).subspan(event * 6, 6)));
    }
    EXPECT_EQ(one_thread, three_threads);
    emulator.run(std::span<const std::int64_t>(), std::span<std::int64_t>());
}

TEST(Emulator, PassesInputsAndConstantsThroughAndNeedsNoInput) {
    CircuitBuilder b;
    const Wire x = b.input({false, 5, 2});
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {3}, {x, b.constant(-7), b.constant(Dyadic(Integer::power_of_two(70) + Integer(1)))}});
    const Emulator emulator = Emulator::create(b.finish());
    EXPECT_FALSE(emulator.fits_int64());
    std::vector<Integer> outputs(3);
    const std::vector<Integer> inputs = {31};
    emulator.run(inputs, outputs);
    EXPECT_EQ(outputs, (std::vector<Integer>{31, -7, Integer::power_of_two(70) + Integer(1)}));

    CircuitBuilder nothing;
    nothing.add_output({"y", {1}, {nothing.constant(Dyadic(Integer(-5)))}});
    std::vector<std::int64_t> constant(2);
    Emulator::create(nothing.finish()).run(std::span<const std::int64_t>(), constant);
    EXPECT_EQ(constant, (std::vector<std::int64_t>{-5, -5}));
}

TEST(EmulatorDeathTest, RefusesInputsOutsideOfTheirProvedInterval) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0});
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {b.table(x, 0, [](const Integer& raw) { return raw * raw; })}});
    const Emulator emulator = Emulator::create(b.finish());
    std::vector<std::int64_t> outputs(1);
    const std::vector<std::int64_t> inputs = {8};
    EXPECT_EXIT(emulator.run(inputs, outputs, 1), ::testing::ExitedWithCode(70), "internal error");
}

}  // namespace
}  // namespace lutra
