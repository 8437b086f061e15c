// Netlists of cells in the simulators, with our models of the cells: every bit as evaluate_scalar says of the circuit that was mapped.

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/emit/verilog/cell_models.h"
#include "lutra/emit/verilog/testbench.h"
#include "lutra/flow/subprocess.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/map/pipeline_cells.h"
#include "lutra/optimize/remove_dead.h"
#include "random_firmware.h"

namespace lutra {
namespace {

/// A table of nine bits and a sum, between ports that are called what cells and their wires are called.
Circuit circuit_with_names_of_cells() {
    CircuitBuilder builder;
    const FixedPointType type = FixedPointType{true, 9, 0};
    std::vector<LinearTerm> terms;
    Port results{"mux_1", {13}, {}};
    for (const std::string_view name : {"lut_0", "lut_1", "mux_0", "lut_0_0", "s_0_0", "g_0_0", "s_0_1", "g_0_1", "co_0", "o_0", "carry_0_0", "top_0"}) {
        const Wire wire = builder.input(type);
        builder.add_input({std::string(name), {1}, {wire}});
        const Wire square = builder.table(wire, 0, [](const Integer& raw) { return Integer((raw.to_int64() * raw.to_int64()) % 61); });
        terms.push_back({square, 3});
        results.wires.push_back(builder.max(square, wire));
    }
    results.wires.push_back(builder.sum(terms, 5));
    builder.add_output(std::move(results));
    return remove_dead(builder.finish());
}

class Cells : public testing::TestWithParam<CellLibrary> {
protected:
    static std::string device() {
        switch (GetParam()) {
            case CellLibrary::Ecp5: return "ecp5-25";
            case CellLibrary::Xilinx7: return "xc7a100t";
            case CellLibrary::UltraScalePlus: return "xcvu13p";
        }
        LUTRA_UNREACHABLE("cell library");
    }

    /// The bench of a circuit as cells, with so many stages, or none.
    static SimulationRun write_run(const Circuit& circuit, int num_stages, const BenchVectors& vectors, const std::filesystem::path& folder) {
        const CellStyle style = style_of(GetParam());
        CellNetlist netlist = map_cells(map_circuit(circuit, options_for(style)), style);
        if (num_stages > 0) {
            netlist = pipeline_for_stages(netlist, CostModel(find_device(device()).value()), num_stages).netlist;
        }
        const VerilogOptions verilog{.cell_latency = num_stages};
        const TestbenchFiles bench = emit_testbench(circuit, verilog);
        EXPECT_TRUE(write_vectors(circuit, vectors, folder));
        return {.files = {write_text(folder, emit_cells(std::make_shared<CellNetlist>(std::move(netlist)), circuit, GetParam(), verilog).value()),
                          write_text(folder, emit_cell_models(GetParam())), write_text(folder, bench.bench)},
                .top = bench.top,
                .work_folder = folder};
    }
};

TEST_P(Cells, AreRightInIcarus) {
    LUTRA_ICARUS_OR_SKIP;
    constexpr std::size_t num_events = 40;
    const Circuit circuit = random_circuits(num_circuits / 2);
    const BenchVectors vectors = vectors_of(circuit, num_events);
    for (const int num_stages : {0, 3}) {
        const TestFolder folder("cells_icarus");
        expect_agreement(simulate_with_icarus(*icarus, write_run(circuit, num_stages, vectors, folder.path())), num_events);
    }
}

TEST_P(Cells, LeaveTheirNamesToPorts) {
    LUTRA_ICARUS_OR_SKIP;
    constexpr std::size_t num_events = 20;
    const Circuit circuit = circuit_with_names_of_cells();
    const BenchVectors vectors = vectors_of(circuit, num_events);
    const TestFolder folder("cells_names");
    expect_agreement(simulate_with_icarus(*icarus, write_run(circuit, 0, vectors, folder.path())), num_events);
}

TEST_P(Cells, PassVerilatorsLint) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    const Circuit circuit = random_circuits(num_circuits / 4);
    const TestFolder folder("cells_lint");
    const auto linted = lint_with_verilator(verilator, write_run(circuit, 2, vectors_of(circuit, 2), folder.path()));
    EXPECT_TRUE(linted) << to_string(linted.error());
}

TEST_P(Cells, AreTheCellsThatYosysKnows) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const Circuit circuit = random_circuits(num_circuits / 4);
    const TestFolder folder("cells_yosys");
    const SimulationRun run = write_run(circuit, 2, vectors_of(circuit, 2), folder.path());
    const std::string library = GetParam() == CellLibrary::Ecp5 ? "+/lattice/cells_sim_ecp5.v" : "+/xilinx/cells_sim.v";
    const std::string script = write_text(folder.path(), {"read.ys", "read_verilog -lib " + library + "\nread_verilog " + run.files[0].string() +
                                                                         "\nhierarchy -check -top net\nproc\ncheck -assert\n"});
    const auto output = run_tool({.program = yosys.program, .arguments = {"-s", script}, .folder = folder.path()});
    ASSERT_TRUE(output) << to_string(output.error());
    EXPECT_EQ(output->text.find("Warning"), std::string::npos) << output->text.substr(output->text.find("Warning"), 300);
}

INSTANTIATE_TEST_SUITE_P(Libraries, Cells, testing::Values(CellLibrary::UltraScalePlus, CellLibrary::Xilinx7, CellLibrary::Ecp5), [](const auto& library) {
    return library.param == CellLibrary::Ecp5 ? "Ecp5" : library.param == CellLibrary::Xilinx7 ? "Xilinx7" : "UltraScalePlus";
});

}  // namespace
}  // namespace lutra
