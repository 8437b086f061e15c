// Random circuits through the passes, the Verilog emitter and the simulators: every bit as evaluate_scalar says of the circuit before the passes.

#include <gtest/gtest.h>

#include "lutra/circuit/latency.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/emit/verilog/axi_stream.h"
#include "lutra/flow/subprocess.h"
#include "lutra/flow/tools_for_tests.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/primitive_cost.h"
#include "lutra/optimize/remove_dead.h"
#include "random_firmware.h"

namespace lutra {
namespace {

Circuit pipelined(const Circuit& circuit, int num_stages) {
    const CostModel model(find_device("ecp5-25").value());
    return pipeline_for_stages(remove_dead(expand_sums(circuit)), [&](const Circuit& c, Wire wire) { return primitive_delay_ns(c, wire, model); }, num_stages);
}

TEST(Firmware, OfExpandedAndPipelinedCircuitsIsRightInIcarus) {
    LUTRA_ICARUS_OR_SKIP;
    constexpr std::size_t num_events = 60;
    const Circuit circuit = random_circuits(num_circuits);
    const BenchVectors vectors = vectors_of(circuit, num_events);
    for (const Circuit& mapped : {expand_sums(circuit), pipelined(circuit, 4)}) {
        const TestFolder folder("firmware_icarus");
        const auto run = write_bench(mapped, {}, vectors, folder.path());
        ASSERT_TRUE(run) << to_string(run.error());
        expect_agreement(simulate_with_icarus(*icarus, *run), num_events);
    }
}

TEST(Firmware, OfPipelinedCircuitsIsRightInVerilator) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    constexpr std::size_t num_events = 200;
    const Circuit circuit = random_circuits(num_circuits);
    const TestFolder folder("firmware_verilator");
    const auto run = write_bench(pipelined(circuit, 4), {}, vectors_of(circuit, num_events), folder.path());
    ASSERT_TRUE(run) << to_string(run.error());
    expect_agreement(simulate_with_verilator(verilator, *run), num_events);
}

TEST(Firmware, IsReadByYosysWithoutWarnings) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("firmware_yosys");
    const Circuit circuit = pipelined(random_circuits(num_circuits), 2);
    const auto files = emit_verilog(circuit);
    ASSERT_TRUE(files);
    const std::string core = write_text(folder.path(), files->at(0));
    const std::string shell = write_text(folder.path(), emit_axi_stream(circuit));
    const std::string script =
        write_text(folder.path(), {"read.ys", "read_verilog " + core + " " + shell + "\nhierarchy -check -top net_axis\nproc\ncheck -assert\n"});
    const auto output = run_tool({.program = yosys.program, .arguments = {"-s", script}, .folder = folder.path()});
    ASSERT_TRUE(output) << to_string(output.error());
    EXPECT_EQ(output->text.find("Warning"), std::string::npos) << output->text.substr(output->text.find("Warning"), 300);
}

/// The AXI4-Stream bench of a circuit with given vectors.
SimulationRun axi_stream_run(const Circuit& circuit, const BenchVectors& vectors, const std::filesystem::path& folder) {
    const TestbenchFiles bench = emit_axi_stream_testbench(circuit);
    EXPECT_TRUE(write_vectors(circuit, vectors, folder));
    SimulationRun run{
        .files = {write_text(folder, emit_verilog(circuit)->at(0)), write_text(folder, emit_axi_stream(circuit)), write_text(folder, bench.bench)},
        .top = bench.top,
        .work_folder = folder};
    return run;
}

TEST(AxiStream, LosesNothingUnderRandomStalls) {
    LUTRA_ICARUS_OR_SKIP;
    constexpr std::size_t num_events = 1500;
    const Circuit circuit = random_circuit({.seed = 3, .num_primitives = 20, .max_width = 20, .has_registers = false});
    const BenchVectors vectors = vectors_of(circuit, num_events);
    for (const int latency : {0, 1, 2, 5, 8}) {
        const TestFolder folder("axi_stream");
        const SimulationRun run = axi_stream_run(latency == 0 ? circuit : pipelined(circuit, latency), vectors, folder.path());
        expect_agreement(simulate_with_icarus(*icarus, run), num_events);
    }
}

TEST(AxiStream, PassesVerilatorsLint) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    const Circuit circuit = random_circuit({.seed = 3, .num_primitives = 20, .max_width = 20, .has_registers = false});
    for (const int latency : {0, 1, 3}) {
        const TestFolder folder("axi_lint");
        const Circuit core = latency == 0 ? circuit : pipelined(circuit, latency);
        const auto linted = lint_with_verilator(verilator, axi_stream_run(core, vectors_of(circuit, 2), folder.path()));
        EXPECT_TRUE(linted) << to_string(linted.error());
    }
}

TEST(AxiStream, BenchFindsOneFalseExpectedValue) {
    LUTRA_ICARUS_OR_SKIP;
    const Circuit circuit = pipelined(random_circuit({.seed = 3, .num_primitives = 20, .max_width = 20, .has_registers = false}), 3);
    BenchVectors vectors = vectors_of(circuit, 40);
    const Wire last = flat_wires(circuit.outputs()).back();
    ASSERT_GT(circuit.type(last).width, 0);
    vectors.outputs.back() = (vectors.outputs.back() ^ Integer(1)).low_bits(circuit.type(last).width);
    const TestFolder folder("axi_false");
    const auto result = simulate_with_icarus(*icarus, axi_stream_run(circuit, vectors, folder.path()));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 40, .mismatches = 1}));
}

}  // namespace
}  // namespace lutra
