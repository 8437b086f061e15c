#include "lutra/map/map_circuit.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"
#include "lutra/map/map_cells.h"

namespace lutra {
namespace {

constexpr std::size_t num_events = 64;

/// The bits of 64 events' words, one word of 64 events per bit.
std::vector<std::uint64_t> bits_of(const Circuit& circuit, const std::vector<Port>& ports, const std::vector<std::vector<Integer>>& events) {
    std::vector<std::uint64_t> bits;
    const std::vector<Wire> wires = flat_wires(ports);
    for (std::size_t k = 0; k < wires.size(); ++k) {
        for (int i = 0; i < circuit.type(wires[k]).width; ++i) {
            std::uint64_t word = 0;
            for (std::size_t event = 0; event < events.size(); ++event) {
                word |= std::uint64_t{events[event][k].bit(i)} << event;
            }
            bits.push_back(word);
        }
    }
    return bits;
}

struct Sample {
    std::vector<std::uint64_t> inputs;
    std::vector<std::uint64_t> outputs;
};

Sample sample_of(const Circuit& circuit, std::uint64_t seed) {
    const std::vector<Integer> values = random_inputs(circuit, num_events, seed);
    const std::size_t size = values.size() / num_events;
    std::vector<std::vector<Integer>> inputs;
    std::vector<std::vector<Integer>> outputs;
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(event * size);
        inputs.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
        outputs.push_back(evaluate_scalar(circuit, inputs.back()));
    }
    return {bits_of(circuit, circuit.inputs(), inputs), bits_of(circuit, circuit.outputs(), outputs)};
}

class Mapping : public testing::TestWithParam<CellStyle> {
protected:
    static MapOptions options() { return options_for(GetParam()); }
};

TEST_P(Mapping, GivesTheBitsOfRandomCircuits) {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 30, .max_width = seed % 8 == 0 ? 80 : 12, .has_registers = false});
        const Sample sample = sample_of(circuit, seed);
        const BitNetwork network = map_circuit(circuit, options());
        ASSERT_EQ(evaluate(network, sample.inputs), sample.outputs) << "network of circuit " << seed;
        ASSERT_EQ(evaluate(map_cells(network, GetParam()), sample.inputs), sample.outputs) << "cells of circuit " << seed;
    }
}

TEST_P(Mapping, GivesTheBitsOfRandomCircuitsWithFastSums) {
    const MapOptions mapping = options();
    MapMemory memory(mapping);
    const CostModel delays(find_device(GetParam() == CellStyle::Lut6 ? "xcvu13p" : "ecp5-85").value());
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 40, .max_width = seed % 8 == 0 ? 80 : 12, .has_registers = false});
        const Sample sample = sample_of(circuit, seed);
        const FastSums fast{std::vector<bool>(circuit.size(), true), delays, seed % 4 != 0};
        const BitNetwork network = map_circuit(circuit, mapping, memory, &fast);
        ASSERT_EQ(evaluate(map_cells(network, GetParam()), sample.inputs), sample.outputs) << "circuit " << seed;
    }
}

TEST_P(Mapping, PutsMultiplexersBehindTwoLutsOrTwoMultiplexersOfOneLevel) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 40, .max_width = 12, .has_registers = false});
        const CellNetlist netlist = map_cells(map_circuit(circuit, options()), GetParam());
        std::map<Net, int> level_of;
        for (const LutCell& lut : netlist.luts) {
            level_of[lut.output] = -1;
        }
        for (const MuxCell& mux : netlist.muxes) {
            level_of[mux.output] = mux.level;
        }
        for (const MuxCell& mux : netlist.muxes) {
            ASSERT_TRUE(level_of.contains(mux.if_zero) && level_of.contains(mux.if_one)) << seed;
            EXPECT_EQ(level_of[mux.if_zero], mux.level - 1) << seed;
            EXPECT_EQ(level_of[mux.if_one], mux.level - 1) << seed;
        }
    }
}

TEST_P(Mapping, TakesTablesWiderThanAWord) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 8, 0});
    builder.add_input({"x", {1}, {x}});
    // Few different bits that saturate: they share codes.
    const auto entry = [](const Integer& raw) { return std::clamp(raw * raw * raw, Integer(-90000), Integer(90000)) << 66; };
    builder.add_output({"y", {1}, {builder.table(x, 0, entry)}});
    const Circuit circuit = builder.finish();
    const Sample sample = sample_of(circuit, 1);
    EXPECT_EQ(evaluate(map_cells(map_circuit(circuit, options()), GetParam()), sample.inputs), sample.outputs);
}

TEST_P(Mapping, TakesTablesAtAddressesFarFromZero) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 3, 0});
    builder.add_input({"x", {1}, {x}});
    for (const Integer& offset : {Integer::power_of_two(40) + 3, -Integer::power_of_two(40) - 6}) {
        const std::array terms = {LinearTerm{x, 1}};
        const Wire address = builder.sum(terms, offset);
        const auto entry = [&](const Integer& raw) { return ((raw - offset) * (raw - offset) * 37).low_bits(5); };
        builder.add_output({offset.sign() > 0 ? "above" : "below", {1}, {builder.table(address, 0, entry)}});
    }
    const Circuit circuit = builder.finish();
    const Sample sample = sample_of(circuit, 1);
    EXPECT_EQ(evaluate(map_cells(map_circuit(circuit, options()), GetParam()), sample.inputs), sample.outputs);
}

/// A table with two bits: a choice by the highest of num_inputs bits of an address between two functions of the others, and one of these functions.
Circuit choice_and_one_of_it(int num_inputs, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    CircuitBuilder builder;
    const Wire x = builder.input({false, num_inputs, 0});
    builder.add_input({"x", {1}, {x}});
    std::vector<int> entries(std::size_t{1} << num_inputs);
    const std::size_t half = entries.size() / 2;
    for (std::size_t a = 0; a < entries.size(); ++a) {
        const int one = a < half ? static_cast<int>(random() % 2) : entries[a - half] / 2;
        entries[a] = 2 * one + (a < half ? one : static_cast<int>(random() % 2));
    }
    builder.add_output({"y", {1}, {builder.table(x, 0, [&](const Integer& raw) { return Integer(entries[static_cast<std::size_t>(raw.to_int64())]); })}});
    return builder.finish();
}

TEST_P(Mapping, StacksNoMoreMultiplexersThanPlacersPack) {
    for (const int num_inputs : {8, 9}) {
        const CellNetlist netlist = map_cells(map_circuit(choice_and_one_of_it(num_inputs, 1), options()), GetParam());
        ASSERT_FALSE(netlist.muxes.empty());
        for (const MuxCell& mux : netlist.muxes) {
            EXPECT_LT(mux.level, GetParam() == CellStyle::Lut6 ? 2 : 3);  // MUXF8; nextpnr-ecp5 packs up to a LUT of seven inputs
        }
    }
}

TEST_P(Mapping, WrapsTheEntriesOfTablesThatSumsRead) {
    const auto circuit = parse_circuit(R"(lutra circuit 1
table @0 first 0 { -1 5 -2 2 }
%0 = input : ufixed<2,2>
%1 = table @0 %0 : ufixed<2,2>
%2 = sum %1 + %0 * 4 : fixed<6,6>
input "x" [1] = { %0 }
output "y" [1] = { %2 }
)",
                                       "test");
    ASSERT_TRUE(circuit) << to_string(circuit.error());
    const Sample sample = sample_of(*circuit, 1);
    EXPECT_EQ(evaluate(map_cells(map_circuit(*circuit, options()), GetParam()), sample.inputs), sample.outputs);
}

TEST_P(Mapping, GivesEachMultiplexerLutsOfItsOwn) {
    int num_muxes = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Circuit circuit = choice_and_one_of_it(options().luts.lut_inputs + 1, seed);
        const CellNetlist netlist = map_cells(map_circuit(circuit, options()), GetParam());
        std::map<Net, int> muxes_of;
        std::map<Net, int> others_of;
        for (const CellId cell : topological_order(netlist)) {
            visit_inputs(netlist, cell, [&](Net net) { ++(cell.kind == CellId::Kind::Mux ? muxes_of : others_of)[net]; });
        }
        std::ranges::for_each(netlist.outputs, [&](Net net) { ++others_of[net]; });
        for (const MuxCell& mux : netlist.muxes) {
            ++num_muxes;
            for (const Net net : {mux.if_zero, mux.if_one}) {
                EXPECT_EQ(muxes_of[net], 1) << "circuit " << seed;
                // On ECP5 the multiplexer's result leaves the slice where the LUT's would.
                EXPECT_TRUE(GetParam() == CellStyle::Lut6 || others_of[net] == 0) << "circuit " << seed;
            }
        }
        const Sample sample = sample_of(circuit, seed);
        EXPECT_EQ(evaluate(netlist, sample.inputs), sample.outputs) << "circuit " << seed;
    }
    EXPECT_GT(num_muxes, 5);
}
INSTANTIATE_TEST_SUITE_P(Styles, Mapping, testing::Values(CellStyle::Lut6, CellStyle::Lut4),
                         [](const auto& style) { return style.param == CellStyle::Lut6 ? "Lut6" : "Lut4"; });

}  // namespace
}  // namespace lutra
