// Random circuits through the passes, the Verilog emitter and the simulators: every bit as evaluate_scalar says of the circuit before the passes.

#include <gtest/gtest.h>

#include "lutra/base/file.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/latency.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/emit/verilog/axi_stream.h"
#include "lutra/flow/simulate.h"
#include "lutra/flow/subprocess.h"
#include "lutra/flow/tools_for_tests.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/primitive_cost.h"
#include "lutra/optimize/rebuild.h"
#include "lutra/optimize/remove_dead.h"

namespace lutra {
namespace {

/// Random combinational circuits side by side in one, so that one bench tests them all.
Circuit random_circuits(int count) {
    CircuitBuilder builder;
    for (int seed = 0; seed < count; ++seed) {
        const Circuit one = random_circuit(
            {.seed = static_cast<std::uint64_t>(seed), .num_primitives = 40, .max_width = seed % 4 == 0 ? 90 : 24, .has_registers = false});
        builder.set_origin("circuit" + std::to_string(seed));
        std::vector<Wire> now(one.size());
        const auto moved = [&](Port port) {
            for (Wire& wire : port.wires) {
                wire = now[wire.index];
            }
            return port;
        };
        for (Wire wire; wire.index < one.size(); ++wire.index) {
            std::vector<Wire> operands;
            for (const Wire operand : one.operands(wire)) {
                operands.push_back(now[operand.index]);
            }
            now[wire.index] = append_copy(builder, one, wire, operands);
        }
        for (const Port& port : one.inputs()) {
            builder.add_input(moved(port));
        }
        for (const Port& port : one.outputs()) {
            builder.add_output(moved(port));
        }
    }
    return builder.finish();
}

BenchVectors vectors_of(const Circuit& circuit, std::size_t num_events) {
    BenchVectors vectors{.inputs = random_inputs(circuit, num_events, 1), .outputs = {}};
    const std::size_t per_event = vectors.inputs.size() / num_events;
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto outputs = evaluate_scalar(circuit, std::span(vectors.inputs).subspan(event * per_event, per_event));
        vectors.outputs.insert(vectors.outputs.end(), outputs.begin(), outputs.end());
    }
    return vectors;
}

Circuit pipelined(const Circuit& circuit, int num_stages) {
    const CostModel model(find_device("ecp5-25").value());
    return pipeline_for_stages(
        remove_dead(expand_sums(circuit)), [&](const Circuit& c, Wire wire) { return primitive_delay_ns(c, wire, model); }, num_stages);
}

std::string write_text(const std::filesystem::path& folder, const EmittedFile& file) {
    const auto path = folder / file.path;
    std::filesystem::create_directories(path.parent_path());
    EXPECT_TRUE(write_file(path, file.content));
    return path.string();
}

void expect_agreement(const Result<SimulationResult>& result, std::size_t num_events) {
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = num_events, .mismatches = 0})) << result->log_tail;
}

constexpr int num_circuits = 20;

/// Declares `icarus`, or skips the test.
#define LUTRA_ICARUS_OR_SKIP                                      \
    const auto icarus = find_icarus(tool_paths_for_tests());      \
    if (!icarus && !tools_are_required()) {                       \
        GTEST_SKIP() << to_string(icarus.error());                \
    }                                                             \
    ASSERT_TRUE(icarus) << to_string(icarus.error())

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
    const std::string script = write_text(
        folder.path(), {"read.ys", "read_verilog " + core + " " + shell + "\nhierarchy -check -top net_axis\nproc\ncheck -assert\n"});
    const auto output = run_tool({.program = yosys.program, .arguments = {"-s", script}, .folder = folder.path()});
    ASSERT_TRUE(output) << to_string(output.error());
    EXPECT_EQ(output->text.find("Warning"), std::string::npos) << output->text.substr(output->text.find("Warning"), 300);
}

/// The AXI4-Stream bench of a circuit with given vectors.
SimulationRun axi_stream_run(const Circuit& circuit, const BenchVectors& vectors, const std::filesystem::path& folder) {
    const TestbenchFiles bench = emit_axi_stream_testbench(circuit);
    EXPECT_TRUE(write_vectors(circuit, vectors, folder));
    SimulationRun run{.files = {write_text(folder, emit_verilog(circuit)->at(0)), write_text(folder, emit_axi_stream(circuit)), write_text(folder, bench.bench)},
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
