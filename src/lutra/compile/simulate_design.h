#pragma once

/// Simulation of a design folder's Verilog against the emulator.

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "lutra/base/progress.h"
#include "lutra/compile/rtl_files.h"
#include "lutra/flow/tools.h"
#include "lutra/report/report.h"

namespace lutra {

enum class SimulatorChoice { Verilator, Icarus };

struct SimulationOptions {
    std::filesystem::path input;  ///< .npy or .npz of real events; empty: random ones
    std::size_t num_vectors = 1000;
    std::uint64_t seed = 1;
    SimulatorChoice simulator = SimulatorChoice::Verilator;
    BenchKind bench = BenchKind::Core;
    std::filesystem::path netlist = {};  ///< Verilog of a synthesis that stands for the design's core; its verdict goes to `netlist` of the report
    std::chrono::milliseconds time_limit = std::chrono::minutes(30);  ///< for the build and for the run of the simulation, each
    int jobs = 0;
};

/// Expected outputs come from the emulator on the graph of the folder (model.lutra), so that mapping and pipelining are checked too. Random events
/// cover the proved interval of each input evenly. Puts the verdict into the report, which is also given back.
Result<Report> simulate_design(const std::filesystem::path& folder, const SimulationOptions& options, const ToolPaths& tools, const Progress& progress = {});

}  // namespace lutra
