#include "lutra/circuit/latency.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

TEST(Latency, CountsTheRegistersOfABalancedPipeline) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0});
    const Wire y = b.register_stage(b.add_constant(b.register_stage(x), 3));
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {2}, {y, b.constant(5)}});
    const Circuit circuit = b.finish();
    EXPECT_EQ(check_balanced(circuit), std::nullopt);
    EXPECT_EQ(latency_cycles(circuit), 2);
    EXPECT_TRUE(has_registers(circuit));
}

TEST(Latency, FindsThePrimitiveThatMixesEvents) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0});
    const Wire late = b.register_stage(x);
    const Wire mixed = b.add(x, late);
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {mixed}});
    EXPECT_EQ(check_balanced(b.finish()), mixed);
}

TEST(Latency, FindsOutputsOfDifferentCycles) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0});
    const Wire late = b.register_stage(x);
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {x}});
    b.add_output({"z", {1}, {late}});
    EXPECT_EQ(check_balanced(b.finish()), late);
}

TEST(Latency, IsZeroWithoutRegisters) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0});
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {b.negate(x)}});
    const Circuit circuit = b.finish();
    EXPECT_EQ(latency_cycles(circuit), 0);
    EXPECT_FALSE(has_registers(circuit));
}

}  // namespace
}  // namespace lutra
