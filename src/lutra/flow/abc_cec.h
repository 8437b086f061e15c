#pragma once

/// Comparisons of combinational logic by `cec` of ABC, which comes with Yosys.

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "lutra/flow/tools.h"

namespace lutra {

/// Two files that are compared: BLIF, with the same names of inputs and outputs.
struct CecTask {
    std::string first;  ///< in the work folder
    std::string second;
};

struct CecVerdict {
    enum class Kind : std::uint8_t { Equal, Different, Undecided };
    Kind kind = Kind::Undecided;
    std::vector<std::pair<std::string, bool>> inputs = {};  ///< where different: those that matter; the rest are 0

    friend bool operator==(const CecVerdict&, const CecVerdict&) = default;
};

/// What each comparison may take.
struct CecLimits {
    int conflicts = 20'000;
    std::chrono::seconds seconds{60};
};

/// Runs all in one process, in the work folder. Fails with ToolFailed, ToolTimedOut or ToolOutputUnread.
Result<std::vector<CecVerdict>> run_cec(const Tool& yosys, const std::filesystem::path& folder, const std::vector<CecTask>& tasks, const CecLimits& limits,
                                        std::chrono::milliseconds time_limit);

/// The commands for ABC.
std::string cec_script(const std::vector<CecTask>& tasks, const CecLimits& limits);

/// Reads what ABC printed for `num_tasks` comparisons. Fails with ToolOutputUnread.
Result<std::vector<CecVerdict>> parse_cec(std::string_view text, std::size_t num_tasks);

}  // namespace lutra
