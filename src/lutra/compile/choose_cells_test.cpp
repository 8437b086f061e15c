#include "lutra/compile/choose_cells.h"

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"

namespace lutra {
namespace {

/// Two layers of sums with a clamp between, of weights of which `density` in 16 are not zero.
Circuit two_layers(unsigned density, unsigned seed) {
    std::minstd_rand random(seed);
    CircuitBuilder b;
    std::vector<Wire> values;
    for (int i = 0; i < 10; ++i) {
        values.push_back(b.input({true, 6, 0}));
    }
    b.add_input({"x", {10}, values});
    for (const std::string_view name : {"first", "second"}) {
        b.set_origin(name);
        std::vector<Wire> sums;
        for (int c = 0; c < 8; ++c) {
            std::vector<LinearTerm> terms;
            for (const Wire value : values) {
                terms.push_back({value, random() % 16 < density ? static_cast<int>(random() % 64) - 32 : 0});
            }
            const Wire sum = b.sum(terms, static_cast<int>(random() % 100));
            sums.push_back(b.wrap(sum, {true, 7, b.type(sum).fraction}));
        }
        values = sums;
    }
    b.add_output({"y", {8}, values});
    return b.finish();
}

void expect_same_values(const Circuit& circuit, const CellNetlist& netlist) {
    constexpr std::size_t num_events = 64;
    const std::vector<Wire> inputs = flat_wires(circuit.inputs());
    const std::vector<Integer> events = random_inputs(circuit, num_events, 1);
    std::vector<std::uint64_t> words;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (int bit = 0; bit < circuit.type(inputs[i]).width; ++bit) {
            std::uint64_t word = 0;
            for (std::size_t event = 0; event < num_events; ++event) {
                word |= std::uint64_t{events[event * inputs.size() + i].bit(bit)} << event;
            }
            words.push_back(word);
        }
    }
    const std::vector<std::uint64_t> outputs = evaluate(netlist, words);
    const std::vector<Wire> wires = flat_wires(circuit.outputs());
    for (std::size_t event = 0; event < num_events; ++event) {
        const std::vector<Integer> expected = evaluate_scalar(circuit, std::span(events).subspan(event * inputs.size(), inputs.size()));
        std::size_t place = 0;
        for (std::size_t i = 0; i < wires.size(); ++i) {
            for (int bit = 0; bit < circuit.type(wires[i]).width; ++bit, ++place) {
                ASSERT_EQ((outputs[place] >> event & 1) != 0, expected[i].bit(bit));
            }
        }
    }
}

TEST(ChooseCells, TakesFewerLutsForDenseLayersAndNeverMoreForSparseOnes) {
    for (const CellStyle style : {CellStyle::Lut4, CellStyle::Lut6}) {
        for (const unsigned density : {2U, 15U}) {
            const Circuit circuit = two_layers(density, density);
            const CellNetlist chosen = choose_cells(circuit, style, usual_effort);
            const int plain = occupied_luts(map_cells(map_circuit(circuit, options_for(style)), style));
            EXPECT_LE(occupied_luts(chosen), density > 8 ? plain - 1 : plain);
            expect_same_values(circuit, chosen);
        }
    }
}

}  // namespace
}  // namespace lutra
