#pragma once

/// Synthesis, and place and route, of a design folder.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "lutra/base/progress.h"
#include "lutra/flow/tools.h"
#include "lutra/report/report.h"

namespace lutra {

struct SynthesisOptions {
    std::string device;  ///< empty: the one of the design
    bool place_and_route = false;
    int num_seeds = 1;
    std::chrono::milliseconds time_limit = std::chrono::minutes(30);  ///< for each run of a tool
    int jobs = 0;
};

/// Runs the tools on the design's Verilog and puts what they say into its report, which is also given back.
Result<Report> synthesize_design(const std::filesystem::path& folder, const SynthesisOptions& options, const ToolPaths& tools, const Progress& progress = {});

/// The warning that the placed design is slower than the clock it was compiled for; nothing when it is not, or when that is not known.
std::optional<Diagnostic> missed_timing(const Report& report);

}  // namespace lutra
