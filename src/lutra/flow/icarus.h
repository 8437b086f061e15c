#pragma once

/// Icarus Verilog: event-driven simulation of a test bench, which also knows unknown (x) values.

#include "lutra/base/progress.h"
#include "lutra/base/result.h"
#include "lutra/flow/simulation.h"
#include "lutra/flow/tools.h"

namespace lutra {

/// Icarus' two programs.
struct IcarusTools {
    Tool iverilog;  ///< compiler
    Tool vvp;       ///< simulator
};

/// Finds both programs.
Result<IcarusTools> find_icarus(const ToolPaths& paths);

/// Compiles the bench as Verilog-2001 with -Wall, warnings being failures, and runs it. A verdict with mismatches is a result, not a
/// failure; no verdict is ToolFailed.
Result<SimulationResult> simulate_with_icarus(const IcarusTools& icarus, const SimulationRun& run, const Progress& progress = {});

}  // namespace lutra
