#pragma once

/// Verilator: lint, and compiled simulation of a test bench.

#include "lutra/base/progress.h"
#include "lutra/base/result.h"
#include "lutra/flow/simulation.h"
#include "lutra/flow/tools.h"

namespace lutra {

/// Checks the run's files with -Wall; every warning is a failure (ToolFailed with the warnings).
Result<void> lint_with_verilator(const Tool& verilator, const SimulationRun& run);

/// Compiles the bench with -Wall, warnings being failures, and runs it. Registers start with random bits (of a fixed seed), so that a
/// design that depends on their start is found out. A verdict with mismatches is a result, not a failure; no verdict is ToolFailed.
Result<SimulationResult> simulate_with_verilator(const Tool& verilator, const SimulationRun& run, const Progress& progress = {});

}  // namespace lutra
