#include "lutra/circuit/text.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

constexpr std::string_view example = R"(lutra circuit 1
table @0 first -4 { 3 2 1 0 }
%0 = input : fixed<4,4>
%1 = input [-4, -1] : fixed<3,3>
layer "fc1 \"x\""
%2 = sum %0 * 3 + %1 * -5 + 12 : fixed<8,8>
%3 = shift_right %2 by 2 : fixed<6,8>
%4 = table @0 %1 : ufixed<2,2>
%5 = constant -3 : fixed<3,1>
layer ""
%6 = register %4 : ufixed<2,2>
input "x" [2] = { %0 %1 }
output "y" [2, 2] scale 3*2^-4 offset 1*2^-1 = { %3 to %5 %6 }
)";

std::string broken(std::string_view body) {
    const auto result = parse_circuit("lutra circuit 1\n" + std::string(body), "c");
    return result ? "no error" : to_string(result.error());
}

TEST(CircuitText, PrintsWhatItParses) {
    const auto circuit = parse_circuit(example, "c");
    ASSERT_TRUE(circuit) << to_string(circuit.error());
    std::string printed = print(*circuit);
    EXPECT_EQ(printed, std::string(example).replace(example.find("%3 to %5 %6"), 11, "%3 to %6"));
    EXPECT_EQ(parse_circuit(printed, "c"), *circuit);
    EXPECT_EQ(circuit->origin(Wire{3}), "fc1 \"x\"");
    EXPECT_EQ(circuit->origin(Wire{6}), "");
    EXPECT_EQ(circuit->interval(Wire{1}), (Interval{-4, -1}));
}

TEST(CircuitText, RoundTripsEveryKindOfPrimitive) {
    CircuitBuilder b;
    const Wire x = b.input({true, 90, 3});
    const Wire y = b.input({false, 5, -2});
    const Wire s = b.input(boolean_type);
    b.set_origin("layer\n1");
    const std::vector<Wire> results = {b.add(x, y),
                                       b.multiply(x, y),
                                       b.multiply(y, y),
                                       b.negate(x),
                                       b.mux(s, x, y),
                                       b.min(x, y),
                                       b.max(x, y),
                                       b.less(x, y),
                                       b.equal(x, y),
                                       b.logical_not(s),
                                       b.logical_and(s, b.is_negative(x)),
                                       b.logical_or(s, b.is_negative(x)),
                                       b.logical_xor(s, b.is_negative(x)),
                                       b.concat(x, b.align(y, 3)),
                                       b.table(y, 1, [](const Integer& raw) { return raw * raw - Integer(40); }),
                                       b.register_stage(x),
                                       b.quantize(x, {{true, 4, 1}, Rounding::HalfToEven, Overflow::SaturateSymmetric}),
                                       b.scale(y, 7),
                                       b.constant(Dyadic(5, -7)),
                                       b.append({.kind = PrimitiveKind::Subtract, .type = b.type(x), .operands = std::vector{x, x}})};
    b.add_input({"x", {3}, {x, y, s}});
    b.add_output({"y", {static_cast<std::int64_t>(results.size())}, results, Dyadic(-3, -90), Dyadic(7, 3)});
    const Circuit circuit = b.finish();
    const auto parsed = parse_circuit(print(circuit), "c");
    ASSERT_TRUE(parsed) << to_string(parsed.error()) << "\n" << print(circuit);
    EXPECT_EQ(*parsed, circuit);
}

TEST(CircuitText, KeepsLinesShort) {
    CircuitBuilder b;
    const Wire x = b.input({false, 8, 0});
    const Wire y = b.table(x, 0, [](const Integer& raw) { return raw * raw; });
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {y}});
    const std::string text = print(b.finish());
    std::size_t longest = 0;
    for (std::size_t start = 0; start < text.size(); start = text.find('\n', start) + 1) {
        longest = std::max(longest, text.find('\n', start) - start);
    }
    EXPECT_LE(longest, 122U);
    EXPECT_TRUE(parse_circuit(text, "c"));
}

TEST(CircuitText, ReportsBrokenRulesWithTheirPlace) {
    EXPECT_EQ(broken("%0 = input : fixed<4,4>\n%1 = add %0 : fixed<4,4>"), "error[E0204]: c:3:1: %1 = add: it takes 2 operands, not 1");
    EXPECT_EQ(broken("%0 = input : fixed<4,4>"), "error[E0204]: c:2:24: the input %0 is in no port");
    EXPECT_EQ(broken("%1 = input : fixed<4,4>"), "error[E0204]: c:2:1: wires are numbered in their order: expected %0, found %1");
    EXPECT_EQ(broken("%0 = constant 9 : fixed<4,4>"), "error[E0204]: c:2:1: %0 = constant: its value is outside of its type");
    EXPECT_EQ(broken("%0 = constant 9 : fixed<9999,4>"), "error[E0204]: c:2:1: %0 = constant: its type fixed<9999,4> is beyond 4096 bits");
    EXPECT_EQ(broken("%0 = not %0 : fixed<4,4>"), "error[E0202]: c:2:10: wire %0 is not defined before it is used");
    EXPECT_EQ(broken("%0 = frob : fixed<4,4>"), "error[E0202]: c:2:6: there is no primitive 'frob'");
    EXPECT_EQ(broken("table @0 first 0 { 1 }\ntable @1 { 1 }"), "error[E0204]: c:3:7: table @1 equals an earlier table, which it must share");
    EXPECT_EQ(broken("%0 = input : fixed<4,4>\ninput \"x\" [2] = { %0 }"), "error[E0204]: c:3:7: the port has 1 wires, which is not what its shape says");
    EXPECT_EQ(broken("%0 = input : fixed<4,4>\ninput \"x\" [2] = { %0 %0 }"), "error[E0204]: c:3:22: %0 is not an input, or is in a port already");
    EXPECT_EQ(broken("layer fc1"), "error[E0201]: c:2:7: expected the name of a layer, found 'fc1'");
    EXPECT_EQ(broken("%0 = shift_left by 999999 : fixed<1,1>"),
              "error[E0201]: c:2:20: the amount of the shift must be a whole number from 0 to 16384, not '999999'");
}

TEST(CircuitText, RefusesTextsBeyondItsLimits) {
    const auto refused = [](std::string_view body, const CircuitTextLimits& limits) {
        const auto result = parse_circuit("lutra circuit 1\n" + std::string(body), "c", limits);
        return !result && result.error().id == DiagnosticId::TextTooDeep;
    };
    EXPECT_TRUE(refused("%0 = constant 0 : fixed<4,4>\n%1 = constant 0 : fixed<4,4>", {.num_primitives = 1}));
    EXPECT_TRUE(refused("table @0 { 1 2 }", {.num_table_entries = 1}));
    EXPECT_TRUE(refused("%0 = constant 0 : fixed<4,4>\noutput \"y\" [2] = { %0 %0 }", {.num_port_elements = 1}));
    EXPECT_TRUE(refused("table @0 { 1 2 }\n%0 = input : ufixed<1,1>\n%1 = table @0 %0 : ufixed<2,2>", {.num_scanned_entries = 1}));
}

TEST(CircuitText, SurvivesEveryPrefixAndEveryFlippedCharacter) {
    for (std::size_t i = 0; i < example.size(); ++i) {
        static_cast<void>(parse_circuit(example.substr(0, i), "c"));
        for (const char c : {'%', '9', '-', '"', '\n', '<', '\xff'}) {
            std::string changed(example);
            changed[i] = c;
            if (const auto circuit = parse_circuit(changed, "c")) {
                EXPECT_EQ(parse_circuit(print(*circuit), "c"), *circuit);
            }
        }
    }
}

}  // namespace
}  // namespace lutra
