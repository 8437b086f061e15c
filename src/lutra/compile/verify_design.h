#pragma once

/// The netlist that a synthesis makes of a design, simulated against the emulator.

#include <filesystem>

#include "lutra/compile/simulate_design.h"
#include "lutra/flow/equivalence.h"

namespace lutra {

struct VerificationOptions {
    std::size_t num_vectors = 1'000'000;
    std::uint64_t seed = 1;
    bool check_equivalence = false;                                   ///< also have ABC prove the netlist equal to the Verilog, layer by layer
    std::chrono::milliseconds time_limit = std::chrono::minutes(30);  ///< for each run of a tool
    EquivalenceLimits equivalence = {};                               ///< at most two comparisons run at the same time
    int jobs = 0;
};

/// What was found.
struct DesignVerification {
    Report report;                                      ///< of the folder, with the verdicts
    std::optional<EquivalenceResult> equivalence = {};  ///< where it was asked for
};

/// Synthesises the Verilog with Yosys for its device, replaces each cell by Yosys' model of it, and runs random events through that in Verilator. Puts the
/// verdict into the report, which is also given back.
Result<DesignVerification> verify_design(const std::filesystem::path& folder, const VerificationOptions& options, const ToolPaths& tools,
                                         const Progress& progress = {});

}  // namespace lutra
