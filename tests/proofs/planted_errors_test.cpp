// Errors are planted in every kind of primitive: each ends as a counterexample or as not proved, unless it changes no output for any input, which is
// found out by trying all of them.

#include <gtest/gtest.h>

#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/map/pipeline_cells.h"
#include "lutra/prove/prove_netlist.h"
#include "lutra/target/device.h"

namespace lutra {
namespace {

constexpr int num_inputs = 3;
constexpr int input_width = 4;

/// Sums with a ReLU, a table of eight inputs, a comparison, a choice and a product: every cell there is. `change` is added to one constant.
Circuit every_kind(int change = 0) {
    CircuitBuilder b;
    std::vector<Wire> x;
    for (int i = 0; i < num_inputs; ++i) {
        x.push_back(b.input({true, input_width, 4}));
    }
    b.add_input({"x", {num_inputs}, x});
    const std::array first = {LinearTerm{x[0], 3}, LinearTerm{x[1], -5}, LinearTerm{x[2], 7}};
    const std::array second = {LinearTerm{x[0], -6}, LinearTerm{x[1], 11}, LinearTerm{x[2], 1}};
    const Wire sum = b.sum(first, 5 + change);
    const Wire other = b.sum(second, -2);
    const std::array last = {LinearTerm{b.max(sum, b.constant(0)), 3}, LinearTerm{b.max(other, b.constant(0)), -1}, LinearTerm{x[1], 2}};
    b.add_output({"y", {1}, {b.sum(last, 1)}});
    const std::array address = {LinearTerm{x[0], 8}, LinearTerm{x[1], 1}, LinearTerm{x[2], 4}};
    b.add_output(
        {"t", {1}, {b.table(b.sum(address, 0), 0, [](const Integer& raw) { return Integer((raw.to_int64() * raw.to_int64() * 2654435761 >> 7) & 7); })}});
    b.add_output({"m", {1}, {b.max(sum, other)}});
    b.add_output({"c", {1}, {b.mux(b.less(x[0], x[2]), other, x[1])}});
    b.add_output({"p", {1}, {b.multiply(x[0], x[1])}});
    return b.finish();
}

class PlantedErrors : public testing::TestWithParam<CellStyle> {
protected:
    void SetUp() override {
        circuit_ = every_kind();
        const CostModel costs(find_device(GetParam() == CellStyle::Lut6 ? "xcvu13p" : "ecp5-45").value());
        netlist_ = pipeline_for_stages(map_cells(map_circuit(circuit_, options_for(GetParam())), GetParam()), costs, 2).netlist;
        expected_ = all_outputs(netlist_);
        ASSERT_TRUE(prove(netlist_).is_proved());
    }

    NetlistProof prove(const CellNetlist& netlist) const { return prove_netlist(netlist, circuit_, {.region_conflicts = 200, .search_conflicts = 200}); }

    /// The outputs for all inputs; registers are wires.
    static std::vector<std::uint64_t> all_outputs(const CellNetlist& netlist) {
        constexpr std::size_t num_words = std::size_t{1} << (num_inputs * input_width - max_table_inputs);
        std::vector<std::uint64_t> outputs;
        std::vector<std::uint64_t> inputs(netlist.inputs.size());
        for (std::size_t word = 0; word < num_words; ++word) {
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                inputs[i] = i < max_table_inputs ? input_tables[i] : (word >> (i - max_table_inputs) & 1) != 0 ? ~std::uint64_t{0} : 0;
            }
            const std::vector<std::uint64_t> found = evaluate(netlist, inputs);
            outputs.insert(outputs.end(), found.begin(), found.end());
        }
        return outputs;
    }

    /// Changes a copy, and looks at what the proof makes of it.
    template <typename Change>
    void plant(const std::string& what, Change change) {
        CellNetlist broken = netlist_;
        change(broken);
        const NetlistProof proof = prove(broken);
        ++num_planted_;
        num_found_ += proof.is_proved() ? 0 : 1;
        num_shown_ += proof.counterexample ? 1 : 0;
        if (proof.is_proved()) {
            EXPECT_EQ(all_outputs(broken), expected_) << what;
        }
        if (proof.counterexample) {
            EXPECT_NE(proof.counterexample->expected, proof.counterexample->found) << what;
        }
    }

    std::uint64_t entry_of(int inputs) { return repeated_table(std::uint64_t{1} << random_() % (std::uint64_t{1} << inputs), inputs); }

    Circuit circuit_;
    CellNetlist netlist_;
    std::vector<std::uint64_t> expected_;
    std::mt19937_64 random_{1};
    int num_planted_ = 0;
    int num_found_ = 0;
    int num_shown_ = 0;
};

TEST_P(PlantedErrors, AreFoundInLuts) {
    for (std::size_t i = 0; i < netlist_.luts.size(); i += 3) {
        const LutCell& lut = netlist_.luts[i];
        const std::uint64_t entry = entry_of(lut.inputs.num_inputs);
        plant("entry of LUT " + std::to_string(i), [&](CellNetlist& broken) { broken.luts[i].table ^= entry; });
        if (lut.inputs.num_inputs > 1) {
            plant("pins of LUT " + std::to_string(i), [&](CellNetlist& broken) { std::swap(broken.luts[i].inputs.nets[0], broken.luts[i].inputs.nets[1]); });
        }
    }
    for (std::size_t i = 0; i < netlist_.luts.size(); ++i) {
        if (netlist_.luts[i].has_two_outputs()) {
            plant("second outputs of LUT " + std::to_string(i),
                  [&](CellNetlist& broken) { broken.luts[i].second_table ^= entry_of(broken.luts[i].inputs.num_inputs); });
            plant("outputs of LUT " + std::to_string(i), [&](CellNetlist& broken) { std::swap(broken.luts[i].output, broken.luts[i].second_output); });
        }
    }
    EXPECT_GT(num_found_, num_planted_ * 3 / 4);
    EXPECT_GT(num_shown_, num_planted_ / 2);
}

TEST_P(PlantedErrors, AreFoundInMultiplexers) {
    ASSERT_FALSE(netlist_.muxes.empty());
    for (std::size_t i = 0; i < netlist_.muxes.size(); ++i) {
        plant("inputs of multiplexer " + std::to_string(i), [&](CellNetlist& broken) { std::swap(broken.muxes[i].if_zero, broken.muxes[i].if_one); });
        plant("selector of multiplexer " + std::to_string(i), [&](CellNetlist& broken) { broken.muxes[i].selector = broken.inputs[i % broken.inputs.size()]; });
    }
    EXPECT_GT(num_found_, num_planted_ * 3 / 4);
}

TEST_P(PlantedErrors, AreFoundInCarryChains) {
    for (std::size_t i = 0; i < netlist_.chains.size(); ++i) {
        const CarryChain& chain = netlist_.chains[i];
        const std::string where = " of chain " + std::to_string(i);
        plant("carry in" + where, [&](CellNetlist& broken) { broken.chains[i].carry_in = chain.carry_in == 0 ? 1 : 0; });
        plant("order" + where, [&](CellNetlist& broken) { std::swap(broken.chains[i].cells[0].sum, broken.chains[i].cells.back().sum); });
        for (std::size_t c = i % 2; c < chain.cells.size(); c += 2) {
            const CarryCell& cell = chain.cells[c];
            plant("propagate" + where, [&](CellNetlist& broken) { broken.chains[i].cells[c].propagate ^= entry_of(cell.inputs.num_inputs); });
            if (cell.inputs.num_inputs > 1) {
                plant("pins" + where,
                      [&](CellNetlist& broken) { std::swap(broken.chains[i].cells[c].inputs.nets[0], broken.chains[i].cells[c].inputs.nets[1]); });
            }
            if (cell.generates_second || cell.second_output != no_net) {
                plant("generate" + where, [&](CellNetlist& broken) { broken.chains[i].cells[c].generate ^= entry_of(std::min(cell.inputs.num_inputs, 5)); });
            }
            if (cell.generate_net != no_net && GetParam() == CellStyle::Lut6) {
                plant("generate pin" + where, [&](CellNetlist& broken) { broken.chains[i].cells[c].generate_net = cell.generate_net == 0 ? 1 : 0; });
            }
        }
    }
    EXPECT_GT(num_planted_, 40);
    EXPECT_GT(num_found_, num_planted_ / 2);
    EXPECT_GT(num_shown_, num_planted_ / 2);
}

TEST_P(PlantedErrors, AreFoundInRegisters) {
    ASSERT_FALSE(netlist_.registers.empty());
    for (std::size_t i = 0; i < netlist_.registers.size(); i += 2) {
        const RegisterCell cell = netlist_.registers[i];
        plant("register " + std::to_string(i),
              [&](CellNetlist& broken) { broken.registers[i].input = broken.registers[(i + 1) % broken.registers.size()].input; });
        CellNetlist shorter = netlist_;
        shorter.registers.erase(shorter.registers.begin() + static_cast<std::ptrdiff_t>(i));
        shorter.luts.push_back({.inputs = {{cell.input}, 1}, .table = input_tables[0], .output = cell.output});
        EXPECT_FALSE(prove(shorter).is_proved()) << "register " << i;
    }
    EXPECT_GT(num_found_, num_planted_ * 3 / 4);
}

TEST_P(PlantedErrors, AreFoundInConstantsAndOutputs) {
    for (const int change : {1, -1, 4, 64}) {
        EXPECT_FALSE(prove_netlist(netlist_, every_kind(change)).is_proved()) << change;
    }
    for (std::size_t i = 0; i + 1 < netlist_.outputs.size(); ++i) {
        plant("output " + std::to_string(i), [&](CellNetlist& broken) { broken.outputs[i] = broken.outputs[i + 1]; });
    }
    EXPECT_GT(num_shown_, num_planted_ / 2);
}

/// What the cells compute for all inputs that the circuit allows.
std::vector<std::uint64_t> outputs_in_domain(const CellNetlist& netlist, const Circuit& circuit) {
    std::vector<std::uint64_t> outputs;
    const std::vector<Wire> wires = flat_wires(circuit.inputs());
    std::vector<std::uint64_t> words;
    for (std::uint64_t event = 0; event < std::uint64_t{1} << netlist.inputs.size(); ++event) {
        bool occurs = true;
        std::size_t next = 0;
        words.clear();
        for (const Wire wire : wires) {
            const FixedPointType& type = circuit.type(wire);
            const Integer raw = static_cast<std::int64_t>(event >> next & ((std::uint64_t{1} << type.width) - 1));
            occurs = occurs && circuit.interval(wire).contains(type.is_signed ? raw.low_bits_signed(type.width) : raw);
            for (int b = 0; b < type.width; ++b, ++next) {
                words.push_back(event >> next & 1);
            }
        }
        if (occurs) {
            for (const std::uint64_t word : evaluate(netlist, words)) {
                outputs.push_back(word & 1);
            }
        }
    }
    return outputs;
}

TEST_P(PlantedErrors, AreNeverProvedOfRandomCircuits) {
    constexpr std::size_t max_input_bits = 9;
    int num_proved = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 16, .max_width = 8, .has_registers = false});
        const CellNetlist netlist = map_cells(map_circuit(circuit, options_for(GetParam())), GetParam());
        if (netlist.inputs.size() > max_input_bits || netlist.chains.empty()) {
            continue;
        }
        const std::vector<std::uint64_t> expected = outputs_in_domain(netlist, circuit);
        for (int i = 0; i < 4; ++i) {
            CellNetlist broken = netlist;
            CarryChain& chain = broken.chains[random_() % broken.chains.size()];
            CarryCell& cell = chain.cells[random_() % chain.cells.size()];
            cell.propagate ^= entry_of(cell.inputs.num_inputs);
            if (prove_netlist(broken, circuit, {.region_conflicts = 50, .search_conflicts = 50}).is_proved()) {
                ++num_proved;
                EXPECT_EQ(outputs_in_domain(broken, circuit), expected) << "circuit " << seed;
            }
        }
    }
    EXPECT_GT(num_proved, 0);
}

INSTANTIATE_TEST_SUITE_P(Styles, PlantedErrors, testing::Values(CellStyle::Lut6, CellStyle::Lut4),
                         [](const auto& style) { return style.param == CellStyle::Lut6 ? "Lut6" : "Lut4"; });

}  // namespace
}  // namespace lutra
