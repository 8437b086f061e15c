// Sums with counters of columns are proved like others, and errors in counters are found.

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/prove/prove_netlist.h"
#include "lutra/target/device.h"

namespace lutra {
namespace {

/// Two sums of so many words, or of tables of them.
Circuit sums_of(int num_words, int width, bool of_tables) {
    std::minstd_rand random(static_cast<unsigned>(num_words));
    CircuitBuilder b;
    std::vector<Wire> words;
    for (int i = 0; i < num_words; ++i) {
        words.push_back(b.input({true, width, 0}));
    }
    b.add_input({"x", {num_words}, words});
    b.set_origin("fc");
    for (const std::string_view name : {"first", "second"}) {
        std::vector<LinearTerm> terms;
        for (const Wire word : words) {
            const auto seed = static_cast<std::int64_t>(random() % 1000);
            const auto entry = [&](const Integer& raw) { return Integer((raw.to_int64() + 9) * (raw.to_int64() + seed) * 2654435761 >> 9 & 63); };
            terms.push_back({of_tables ? b.table(word, 0, entry) : word, of_tables ? 1 : static_cast<int>(random() % 15) - 7});
        }
        b.add_output({std::string(name), {1}, {b.sum(terms, static_cast<int>(random() % 50))}});
    }
    return b.finish();
}

class FastSumProofs : public testing::TestWithParam<CellStyle> {
protected:
    static CellNetlist map_fast(const Circuit& circuit, bool has_counters) {
        const MapOptions options = options_for(GetParam());
        MapMemory memory(options);
        const CostModel delays(find_device(GetParam() == CellStyle::Lut6 ? "xcvu13p" : "ecp5-45").value());
        const FastSums fast{std::vector<bool>(circuit.size(), true), delays, has_counters};
        return map_cells(map_circuit(circuit, options, memory, &fast), GetParam());
    }
    static NetlistProof prove(const CellNetlist& netlist, const Circuit& circuit) {
        return prove_netlist(netlist, circuit, {.region_conflicts = 200, .search_conflicts = 200});
    }
};

TEST_P(FastSumProofs, HoldForSumsOfWordsAndOfTables) {
    for (const bool of_tables : {false, true}) {
        for (int num_words = 3; num_words <= 24; num_words += 3) {
            const Circuit circuit = sums_of(num_words, 4, of_tables);
            for (const bool has_counters : {false, true}) {
                const NetlistProof proof = prove(map_fast(circuit, has_counters), circuit);
                EXPECT_TRUE(proof.is_proved()) << num_words << (of_tables ? " tables" : " words") << (has_counters ? " with counters: " : ": ")
                                               << proof.problem;
            }
        }
    }
}

/// The outputs for all values of at most twelve inputs.
std::vector<std::uint64_t> all_outputs(const CellNetlist& netlist) {
    std::vector<std::uint64_t> outputs;
    std::vector<std::uint64_t> inputs(netlist.inputs.size());
    for (std::size_t word = 0; word < std::size_t{1} << (inputs.size() - max_table_inputs); ++word) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            inputs[i] = i < max_table_inputs ? input_tables[i] : (word >> (i - max_table_inputs) & 1) != 0 ? ~std::uint64_t{0} : 0;
        }
        const std::vector<std::uint64_t> found = evaluate(netlist, inputs);
        outputs.insert(outputs.end(), found.begin(), found.end());
    }
    return outputs;
}

TEST_P(FastSumProofs, FindErrorsInCounters) {
    const Circuit circuit = sums_of(6, 2, false);
    const CellNetlist netlist = map_fast(circuit, true);
    const std::vector<std::uint64_t> expected = all_outputs(netlist);
    ASSERT_TRUE(prove(netlist, circuit).is_proved());
    ASSERT_GT(netlist.luts.size(), map_fast(circuit, false).luts.size());
    int num_planted = 0;
    int num_found = 0;
    const auto plant = [&](std::size_t lut, auto change) {
        CellNetlist broken = netlist;
        change(broken.luts[lut]);
        const bool is_found = !prove(broken, circuit).is_proved();
        ++num_planted;
        num_found += is_found ? 1 : 0;
        EXPECT_TRUE(is_found || all_outputs(broken) == expected) << "LUT " << lut;
    };
    for (std::size_t i = 0; i < netlist.luts.size(); ++i) {
        const int num_inputs = netlist.luts[i].inputs.num_inputs;
        for (const std::size_t address : {i, 5 * i + 3}) {
            const std::uint64_t entry = repeated_table(std::uint64_t{1} << address % (std::size_t{1} << num_inputs), num_inputs);
            plant(i, [&](LutCell& lut) { lut.table ^= entry; });
        }
        plant(i, [&](LutCell& lut) { lut.inputs.nets[0] = netlist.inputs[i % netlist.inputs.size()]; });
        if (netlist.luts[i].has_two_outputs()) {
            plant(i, [&](LutCell& lut) { std::swap(lut.output, lut.second_output); });
        }
    }
    EXPECT_GT(num_planted, 12);
    EXPECT_GT(num_found, num_planted * 3 / 4);
}

INSTANTIATE_TEST_SUITE_P(Styles, FastSumProofs, testing::Values(CellStyle::Lut6, CellStyle::Lut4),
                         [](const auto& style) { return style.param == CellStyle::Lut6 ? "Lut6" : "Lut4"; });

}  // namespace
}  // namespace lutra
