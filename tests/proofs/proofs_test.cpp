// Circuits are mapped to cells and proved; then the netlist or the circuit is changed, and the proof has to notice.

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"
#include "lutra/emit/verilog/cells.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/map/pipeline_cells.h"
#include "lutra/optimize/delay_clamps.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/join_sums.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/share_sums.h"
#include "lutra/prove/prove_netlist.h"
#include "lutra/prove/prove_passes.h"
#include "lutra/prove/read_cells.h"
#include "lutra/target/device.h"

namespace lutra {
namespace {

/// A dense layer with ReLUs, and a sum of them: two neurons deep.
Circuit small_network() {
    CircuitBuilder b;
    std::vector<Wire> x;
    for (int i = 0; i < 4; ++i) {
        x.push_back(b.input({true, 5, 2}));
    }
    b.add_input({"x", {4}, x});
    std::vector<LinearTerm> last;
    for (int n = 0; n < 2; ++n) {
        b.set_origin("fc" + std::to_string(n));
        std::vector<LinearTerm> terms;
        for (int i = 0; i < 4; ++i) {
            terms.push_back({x[static_cast<std::size_t>(i)], Dyadic((n * 5 + i * 3) % 7 - 3)});
        }
        const Wire sum = b.sum(terms, Dyadic(n));
        b.add_output({"s" + std::to_string(n), {1}, {sum}});
        const Wire relu = b.max(sum, b.constant(0));
        last.push_back({b.round(relu, 0, Rounding::Truncate), Dyadic(n == 1 ? -3 : 5)});
    }
    b.set_origin("out");
    const Wire total = b.sum(last, 2);
    b.add_output({"y", {1}, {total}});
    b.set_origin("act");
    b.add_output({"t", {1}, {b.table(x[0], 0, [](const Integer& raw) { return raw * raw; })}});
    return b.finish();
}

/// The index of the greatest of five sums of clamps, whose low bits are often bits of a clamp, and of several sums at once.
Circuit random_decision(std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto pick = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<std::uint32_t>(high - low + 1)); };
    CircuitBuilder b;
    std::vector<Wire> x;
    for (int i = 0; i < 4; ++i) {
        x.push_back(b.input({true, 6, 6}));
    }
    b.add_input({"x", {4}, x});
    std::vector<Wire> clamps;
    std::ranges::transform(x, std::back_inserter(clamps), [&](Wire wire) { return b.max(wire, b.constant(pick(-3, 0))); });
    std::ranges::transform(x, std::back_inserter(clamps), [&](Wire wire) { return b.min(wire, b.constant(pick(3, 9))); });
    Wire best;
    Wire index;
    for (int n = 0; n < 5; ++n) {
        std::vector<LinearTerm> terms = {{clamps[static_cast<std::size_t>(pick(0, 3))], pick(0, 1) == 0 ? 1 : -1}};
        if (const int factor = 2 * pick(-4, 4); factor != 0) {
            terms.push_back({clamps[static_cast<std::size_t>(pick(4, 7))], factor});
        }
        const Wire score = b.scale(b.sum(terms, Dyadic(pick(-6, 6))), pick(0, 5));
        index = n == 0 ? b.constant(0) : b.mux(b.less(best, score), b.constant(n), index);
        best = n == 0 ? score : b.max(best, score);
    }
    b.add_output({"y", {1}, {index}});
    return b.finish();
}

class Proofs : public testing::TestWithParam<CellStyle> {
protected:
    static CellNetlist map(const Circuit& circuit) { return map_cells(map_circuit(circuit, options_for(GetParam())), GetParam()); }
    static CellLibrary library() { return GetParam() == CellStyle::Lut6 ? CellLibrary::UltraScalePlus : CellLibrary::Ecp5; }
    static CostModel costs() { return CostModel(find_device(GetParam() == CellStyle::Lut6 ? "xcvu13p" : "ecp5-45").value()); }
    static NetlistProof prove(const CellNetlist& netlist, const Circuit& circuit) {
        return prove_netlist(netlist, circuit, {.region_conflicts = 2000, .search_conflicts = 2000});
    }
    static bool is_found(const CellNetlist& netlist, const Circuit& circuit) { return !prove(netlist, circuit).is_proved(); }
};

TEST_P(Proofs, HoldForASmallNetworkAndForItsText) {
    const Circuit circuit = small_network();
    const CellNetlist netlist = map(circuit);
    const NetlistProof proof = prove(netlist, circuit);
    EXPECT_TRUE(proof.is_proved()) << proof.problem << " in " << proof.layer;
    EXPECT_EQ(proof.counts.outputs, proof.counts.all_outputs);
    EXPECT_GE(proof.counts.sums, 3);
    const auto text = emit_cells(std::make_shared<CellNetlist>(netlist), circuit, library());
    ASSERT_TRUE(text);
    const auto module = read_cells(text->content.text(), "net.v");
    ASSERT_TRUE(module) << to_string(module.error());
    EXPECT_TRUE(prove(module->netlist, circuit).is_proved());
}

/// A bit that sums have in common is no cut point between a decision and the sums; their ranges count all the same.
TEST_P(Proofs, HoldForDecisionsBetweenSumsWithBitsInCommon) {
    for (std::uint32_t seed = 30; seed < 40; ++seed) {
        const Circuit circuit = random_decision(seed);
        const NetlistProof proof = prove_netlist(map(circuit), circuit);
        EXPECT_TRUE(proof.is_proved()) << "seed " << seed << ": " << proof.problem;
    }
}

TEST_P(Proofs, SayWhenTimeRanOut) {
    const Circuit circuit = small_network();
    const NetlistProof proof = prove_netlist(map(circuit), circuit, {.time_limit = std::chrono::milliseconds(-1)});
    EXPECT_EQ(proof.problem, "not proved (time limit)");
    EXPECT_FALSE(proof.counterexample);
}

TEST_P(Proofs, HoldForPipelines) {
    const Circuit circuit = small_network();
    PipelinedCells cells = pipeline_for_stages(map(circuit), costs(), 3);
    const NetlistProof proof = prove(cells.netlist, circuit);
    EXPECT_TRUE(proof.is_proved()) << proof.problem;
    EXPECT_EQ(proof.latency, 3);
    for (std::size_t i = 0; i < cells.netlist.registers.size(); i += 7) {
        CellNetlist broken = cells.netlist;
        const RegisterCell dropped = broken.registers[i];
        broken.registers.erase(broken.registers.begin() + static_cast<std::ptrdiff_t>(i));
        broken.luts.push_back({.inputs = {{dropped.input}, 1}, .table = input_tables[0], .output = dropped.output});
        EXPECT_TRUE(is_found(broken, circuit)) << "register " << i;
    }
}

TEST_P(Proofs, FindWrongTablesInEveryKindOfCell) {
    const Circuit circuit = small_network();
    const CellNetlist netlist = map(circuit);
    int num_found = 0;
    int num_planted = 0;
    const auto plant = [&](auto change) {
        CellNetlist broken = netlist;
        change(broken);
        const NetlistProof proof = prove(broken, circuit);
        num_found += proof.is_proved() ? 0 : 1;
        num_planted += 1;
        if (!proof.is_proved() && proof.counterexample) {
            EXPECT_NE(proof.counterexample->expected, proof.counterexample->found);
        }
    };
    for (std::size_t i = 0; i < netlist.luts.size(); i += 3) {
        plant([&](CellNetlist& broken) { broken.luts[i].table = ~broken.luts[i].table; });
    }
    for (std::size_t i = 0; i < netlist.chains.size(); ++i) {
        plant([&](CellNetlist& broken) { broken.chains[i].cells[0].propagate = ~broken.chains[i].cells[0].propagate; });
    }
    EXPECT_EQ(num_found, num_planted);
    EXPECT_GT(num_planted, 4);
}

TEST_P(Proofs, NeverHoldForAFlippedEntryThatShows) {
    const Circuit circuit = small_network();
    const CellNetlist netlist = map(circuit);
    std::mt19937_64 random(1);
    int num_found = 0;
    for (int i = 0; i < 40; ++i) {
        CellNetlist broken = netlist;
        CarryChain& chain = broken.chains[random() % broken.chains.size()];
        CarryCell& cell = chain.cells[random() % chain.cells.size()];
        const std::uint64_t entry = std::uint64_t{1} << random() % (1U << cell.inputs.num_inputs);
        (i % 2 == 0 || GetParam() == CellStyle::Lut4 ? cell.propagate : cell.generate) ^= repeated_table(entry, cell.inputs.num_inputs);
        const bool is_proved = prove(broken, circuit).is_proved();
        num_found += is_proved ? 0 : 1;
        for (int round = 0; round < 50 && is_proved; ++round) {
            std::vector<std::uint64_t> inputs(netlist.inputs.size());
            std::ranges::generate(inputs, std::ref(random));
            ASSERT_EQ(evaluate(broken, inputs), evaluate(netlist, inputs)) << i;
        }
    }
    EXPECT_GT(num_found, 10);
}

TEST_P(Proofs, FindAChangedConstantAndSwappedOutputs) {
    const Circuit circuit = small_network();
    CellNetlist netlist = map(circuit);
    std::swap(netlist.outputs[0], netlist.outputs[1]);
    const NetlistProof swapped = prove(netlist, circuit);
    ASSERT_FALSE(swapped.is_proved());
    EXPECT_TRUE(swapped.counterexample);
    CellNetlist stuck = map(circuit);
    stuck.outputs[2] = 1;
    EXPECT_TRUE(is_found(stuck, circuit));
}

TEST_P(Proofs, NeverContradictTheMapperOnRandomCircuits) {
    int num_proved = 0;
    constexpr int num_circuits = 40;
    for (std::uint64_t seed = 0; seed < num_circuits; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 14, .max_width = 8, .has_registers = false});
        const NetlistProof proof = prove_netlist(map(circuit), circuit, {.region_conflicts = 500, .search_conflicts = 500});
        EXPECT_FALSE(proof.counterexample) << "circuit " << seed;
        num_proved += proof.is_proved() ? 1 : 0;
    }
    EXPECT_GE(num_proved, num_circuits * 3 / 4);
}

INSTANTIATE_TEST_SUITE_P(Styles, Proofs, testing::Values(CellStyle::Lut6, CellStyle::Lut4),
                         [](const auto& style) { return style.param == CellStyle::Lut6 ? "Lut6" : "Lut4"; });

TEST(PassProofs, HoldForClampsAndSharedSums) {
    const Circuit circuit = small_network();
    for (const Circuit& after : {remove_dead(delay_clamps(circuit)), share_sums(circuit)}) {
        const PassesProof proof = prove_passes(circuit, after);
        EXPECT_TRUE(proof.is_proved()) << proof.problem;
    }
}

TEST(PassProofs, NeverContradictThePassesOnRandomCircuits) {
    int num_proved = 0;
    constexpr int num_circuits = 60;
    for (std::uint64_t seed = 0; seed < num_circuits; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 30, .max_width = 20, .has_registers = false});
        for (const Circuit& after : {delay_clamps(circuit), join_sums(circuit), expand_sums(circuit), remove_dead(circuit)}) {
            const PassesProof proof = prove_passes(circuit, after);
            EXPECT_FALSE(proof.counterexample) << "circuit " << seed;
            num_proved += proof.is_proved() ? 1 : 0;
        }
    }
    EXPECT_GE(num_proved, num_circuits * 3 * 3 / 4);
}

/// A table of entries that its type wraps, times two.
Circuit table_of(const std::string& type) {
    const std::string text = "lutra circuit 1\ntable @0 first 0 { -1 5 -2 2 }\n%0 = input : ufixed<2,2>\n%1 = table @0 %0 : " + type +
                             "<2,2>\n%2 = sum %1 * 2 : fixed<6,6>\ninput \"x\" [1] = { %0 }\noutput \"y\" [1] = { %2 }\n";
    return parse_circuit(text, "test").value();
}

TEST(PassProofs, FindATableOfAnotherType) {
    EXPECT_TRUE(prove_passes(table_of("fixed"), table_of("fixed")).is_proved());
    const PassesProof proof = prove_passes(table_of("fixed"), table_of("ufixed"));
    EXPECT_FALSE(proof.is_proved());
    EXPECT_TRUE(proof.counterexample);
}

TEST(PassProofs, FindAChangedCoefficient) {
    CircuitBuilder a;
    CircuitBuilder b;
    for (auto [builder, factor] : {std::pair(&a, 3), std::pair(&b, 5)}) {
        const Wire x = builder->input({true, 6, 0});
        builder->add_input({"x", {1}, {x}});
        const std::array terms = {LinearTerm{x, Dyadic(factor)}};
        builder->add_output({"y", {1}, {builder->extend(builder->max(builder->sum(terms, 1), builder->constant(0)), {true, 12, 0})}});
    }
    const PassesProof proof = prove_passes(a.finish(), b.finish());
    EXPECT_FALSE(proof.is_proved());
    ASSERT_TRUE(proof.counterexample);
    EXPECT_NE(proof.counterexample->expected, proof.counterexample->found);
}

}  // namespace
}  // namespace lutra
