#pragma once

/// Simulation of emitted designs: writes the module, its bench and vectors into a folder and runs the bench.

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"
#include "lutra/emit/verilog/verilog.h"
#include "lutra/flow/icarus.h"
#include "lutra/flow/verilator.h"

namespace lutra {

/// Events for a bench, raw integers in event-major order: all elements of all ports of event 0, then of event 1.
struct BenchVectors {
    std::vector<Integer> inputs;
    std::vector<Integer> outputs;  ///< what is expected
};

/// How many events these are for a circuit.
std::size_t num_events(const Circuit& circuit, const BenchVectors& vectors);

/// The bench's files of vectors, with their names.
std::vector<EmittedFile> vector_files(const Circuit& circuit, const BenchVectors& vectors);

/// The bench's files of vectors in a folder: what it reads there.
Result<void> write_vectors(const Circuit& circuit, const BenchVectors& vectors, const std::filesystem::path& folder);

/// The files of a bench in a folder, ready to run.
Result<SimulationRun> write_bench(const Circuit& circuit, const VerilogOptions& options, const BenchVectors& vectors, const std::filesystem::path& folder);

}  // namespace lutra
