#include "lutra/map/pipeline_cells.h"

#include <gtest/gtest.h>

#include "lutra/circuit/random_circuit.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"

namespace lutra {
namespace {

CellNetlist random_netlist(std::uint64_t seed) {
    const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 40, .max_width = 12, .has_registers = false});
    return map_cells(map_circuit(circuit, {}), CellStyle::Lut6);
}

CostModel cost_model() { return CostModel(find_device("xcvu13p").value()); }

/// The number of registers behind each net, or -1 where its cell reads nets of different numbers; constants have any.
std::vector<int> register_depths(const CellNetlist& netlist) {
    constexpr int any = -2;
    std::vector<int> depths(netlist.num_nets, any);
    for (const Net net : netlist.inputs) {
        depths[net] = 0;
    }
    for (const CellId cell : topological_order(netlist)) {
        int depth = any;
        visit_inputs(netlist, cell, [&](Net net) {
            if (net == no_net || depths[net] == any) {
                return;
            }
            depth = depth == any || depth == depths[net] ? depths[net] : -1;
        });
        const bool is_register = cell.kind == CellId::Kind::Register && depth >= 0;
        visit_outputs(netlist, cell, [&](Net net) { depths[net] = depth + (is_register ? 1 : 0); });
    }
    return depths;
}

/// The longest way between registers.
double longest_way(const CellNetlist& netlist, const CostModel& model) {
    std::vector<double> arrivals(netlist.num_nets, 0);
    double longest = 0;
    for (const CellId cell : topological_order(netlist)) {
        double arrival = 0;
        visit_inputs(netlist, cell, [&](Net net) { arrival = std::max(arrival, net == no_net ? 0 : arrivals[net]); });
        arrival = cell.kind == CellId::Kind::Register ? 0 : arrival + cell_delay_ns(netlist, cell, model);
        visit_outputs(netlist, cell, [&](Net net) { arrivals[net] = arrival; });
        longest = std::max(longest, arrival);
    }
    return longest;
}

std::vector<std::uint64_t> sample_inputs(const CellNetlist& netlist) {
    std::vector<std::uint64_t> inputs;
    for (std::size_t i = 0; i < netlist.inputs.size(); ++i) {
        inputs.push_back(0x9E3779B97F4A7C15U * (i + 1));
    }
    return inputs;
}

TEST(PipelineCells, BalancesEveryWayAndKeepsTheValues) {
    const CostModel model = cost_model();
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const CellNetlist netlist = random_netlist(seed);
        for (const double budget_ns : {0.8, 2.5}) {
            const PipelinedCells pipelined = pipeline_for_delay(netlist, model, budget_ns);
            EXPECT_EQ(evaluate(pipelined.netlist, sample_inputs(netlist)), evaluate(netlist, sample_inputs(netlist))) << seed;
            const std::vector<int> depths = register_depths(pipelined.netlist);
            EXPECT_EQ(std::ranges::count(depths, -1), 0) << seed;
            for (const Net net : pipelined.netlist.outputs) {
                EXPECT_TRUE(depths[net] == pipelined.latency_cycles || depths[net] < 0) << seed;
            }
        }
    }
}

TEST(PipelineCells, KeepsTheBudgetWhereEveryCellDoes) {
    const CostModel model = cost_model();
    constexpr double budget_ns = 4;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const CellNetlist netlist = random_netlist(seed);
        double slowest = 0;
        for (const CellId cell : topological_order(netlist)) {
            slowest = std::max(slowest, cell_delay_ns(netlist, cell, model));
        }
        EXPECT_LE(longest_way(pipeline_for_delay(netlist, model, budget_ns).netlist, model), std::max(budget_ns, slowest) + 1e-9) << seed;
    }
}

TEST(PipelineCells, PutsNoRegisterBetweenAMultiplexerAndItsLuts) {
    const CostModel model(find_device("ecp5-85").value());
    std::size_t num_muxes = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const Circuit circuit = random_circuit({.seed = seed, .num_primitives = 40, .max_width = 12, .has_registers = false});
        const CellNetlist netlist = map_cells(map_circuit(circuit, options_for(CellStyle::Lut4)), CellStyle::Lut4);
        for (const double budget_ns : {1.0, 1.6, 3.0}) {
            const CellNetlist pipelined = pipeline_for_delay(netlist, model, budget_ns).netlist;
            std::vector<bool> is_register(pipelined.num_nets, false);
            for (const RegisterCell& cell : pipelined.registers) {
                is_register[cell.output] = true;
            }
            for (const MuxCell& mux : pipelined.muxes) {
                EXPECT_FALSE(is_register[mux.if_zero] || is_register[mux.if_one]) << seed;
            }
            num_muxes += pipelined.muxes.size();
            EXPECT_EQ(evaluate(pipelined, sample_inputs(netlist)), evaluate(netlist, sample_inputs(netlist))) << seed;
        }
    }
    EXPECT_GT(num_muxes, 20U);
}

TEST(PipelineCells, MakesAsManyStagesAsAreAskedFor) {
    for (const int num_stages : {1, 3, 7}) {
        EXPECT_EQ(pipeline_for_stages(random_netlist(3), cost_model(), num_stages).latency_cycles, num_stages);
    }
}

}  // namespace
}  // namespace lutra
