// Generic Verilog is printed, read back and proved; then the text is changed, and the proof has to notice.

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/emit/verilog/verilog.h"
#include "lutra/prove/prove_passes.h"
#include "lutra/prove/read_expressions.h"

namespace lutra {
namespace {

std::string printed(const Circuit& circuit) { return emit_verilog(circuit)->at(0).content.text(); }

/// Raw outputs of so many random events.
std::vector<Integer> outputs_of(const Circuit& circuit, const std::vector<Integer>& events, std::size_t per_event) {
    std::vector<Integer> outputs;
    for (std::size_t begin = 0; begin < events.size(); begin += per_event) {
        const std::vector<Integer> found = evaluate_scalar(circuit, std::span(events).subspan(begin, per_event));
        outputs.insert(outputs.end(), found.begin(), found.end());
    }
    return outputs;
}

/// A ReLU, a table, a choice, a product, both kinds of comparisons and a register in front of all.
Circuit every_statement() {
    CircuitBuilder b;
    std::vector<Wire> x;
    for (int i = 0; i < 3; ++i) {
        x.push_back(b.input({i != 1, 4, 4}));
    }
    b.add_input({"x", {3}, x});
    std::ranges::transform(x, x.begin(), [&](Wire wire) { return b.register_stage(wire); });
    const std::array first = {LinearTerm{x[0], 3}, LinearTerm{x[1], -5}, LinearTerm{x[2], 8}};
    const Wire sum = b.sum(first, 5);
    b.add_output({"relu", {1}, {b.max(sum, b.constant(0))}});
    b.add_output({"floor", {1}, {b.round(sum, -2, Rounding::Truncate)}});
    b.add_output({"table", {1}, {b.table(x[0], 0, [](const Integer& raw) { return raw * raw - Integer(9); })}});
    b.add_output({"choice", {1}, {b.mux(b.less(x[0], x[2]), b.subtract(x[0], x[1]), x[1])}});
    b.add_output({"product", {1}, {b.multiply(x[0], x[1])}});
    b.add_output({"bits", {3}, {b.equal(x[0], x[2]), b.logical_or(b.less(x[1], x[0]), b.is_negative(x[2])), b.logical_not(b.is_negative(x[0]))}});
    return b.finish();
}

TEST(GenericVerilog, IsProvedForEveryStatement) {
    const Circuit circuit = every_statement();
    const auto read = read_expressions(printed(circuit), "net.v", circuit);
    ASSERT_TRUE(read) << to_string(read.error());
    const PassesProof proof = prove_passes(circuit, read->circuit);
    EXPECT_TRUE(proof.is_proved()) << proof.problem << " " << proof.outputs << " of " << proof.all_outputs;
}

TEST(GenericVerilog, IsReadAsItIsMeant) {
    int num_proved = 0;
    constexpr int num_circuits = 25;
    for (std::uint64_t seed = 0; seed < num_circuits; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 40, .max_width = 70});
        const auto read = read_expressions(printed(circuit), "net.v", circuit);
        ASSERT_TRUE(read) << "seed " << seed << ": " << to_string(read.error());
        const std::vector<Integer> events = random_inputs(circuit, 20, seed);
        const std::size_t per_event = flat_wires(circuit.inputs()).size();
        EXPECT_EQ(outputs_of(circuit, events, per_event), outputs_of(read->circuit, events, per_event)) << "seed " << seed;
        num_proved += prove_passes(circuit, read->circuit).is_proved() ? 1 : 0;
    }
    EXPECT_GE(num_proved, 1);
}

/// A digit or an operator becomes another one. What is proved all the same has to be equal for all inputs.
TEST(GenericVerilog, IsNotProvedWithAnErrorThatShows) {
    const Circuit circuit = every_statement();
    const std::string text = printed(circuit);
    std::vector<Integer> all_inputs;
    for (int a = 0; a < 1 << 12; ++a) {
        all_inputs.insert(all_inputs.end(), {Integer((a & 15) - 8), Integer(a >> 4 & 15), Integer((a >> 8) - 8)});
    }
    const std::vector<Integer> expected = outputs_of(circuit, all_inputs, 3);
    int num_found = 0;
    for (const std::string_view letters : {"0123456789abcdef", "+-&|<>"}) {
        for (std::size_t place = text.find(");"); (place = text.find_first_of(letters, place + 1)) != std::string::npos;) {
            std::string changed = text;
            changed[place] = letters[(letters.find(text[place]) + 1) % letters.size()];
            const auto read = read_expressions(changed, "net.v", circuit);
            if (!read || !prove_passes(circuit, read->circuit).is_proved()) {
                num_found += read ? 1 : 0;
                continue;
            }
            EXPECT_EQ(outputs_of(read->circuit, all_inputs, 3), expected) << "at " << place << ": " << changed.substr(place - 20, 40);
        }
    }
    EXPECT_GE(num_found, 40);
}

TEST(GenericVerilog, IsRefusedWhereItSaysTooMuch) {
    const Circuit circuit = every_statement();
    const std::string text = printed(circuit);
    const auto problem_of = [&](const std::string& changed) {
        const auto read = read_expressions(changed, "net.v", circuit);
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(problem_of(text), "");
    EXPECT_EQ(problem_of(text + "module"), "text behind the module");
    EXPECT_EQ(problem_of(text.substr(0, text.size() / 2)).empty(), false);
    const std::size_t place = text.find("    wire [");
    const std::string deep(100, '(');
    EXPECT_EQ(problem_of(text.substr(0, place) + "    wire w = " + deep + ";\n" + text.substr(place)), "parentheses are nested too deep");
    EXPECT_EQ(problem_of(text.substr(0, place) + "    wire w = 1'h2;\n" + text.substr(place)), "'1'h2' is no number of its width");
    EXPECT_EQ(problem_of(text.substr(0, place) + "    wire w = {9999{1'h1}};\n" + text.substr(place)), "'9999' is no number from 0 to 4096");
    EXPECT_EQ(problem_of(text.substr(0, place) + "    reg r;\n" + text.substr(place)), "register 'r' is never set");
    const std::size_t block = text.find("    always");
    const std::size_t end = text.find("    end\n", block) + 8;
    const std::string other = text.substr(block, end - block);
    EXPECT_EQ(problem_of(text.substr(0, end) + other + text.substr(end)), "registers are set in more than one place");
    std::string comment = other;
    std::ranges::replace(comment, '\n', ' ');
    EXPECT_EQ(problem_of(text + "//" + comment), "registers are set in more than one place");
    const std::size_t first = text.find("<=", block);
    const std::string line = text.substr(text.rfind('\n', first), text.find(';', first) + 1 - text.rfind('\n', first));
    EXPECT_NE(problem_of(text.substr(0, end - 9) + line + text.substr(end - 9)).find("is set twice"), std::string::npos);
}

}  // namespace
}  // namespace lutra
