#pragma once

/// A comparison of combinational logic by `cec` of ABC, which comes with Yosys.

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lutra/flow/tools.h"

namespace lutra {

struct CecVerdict {
    enum class Kind : std::uint8_t { Equal, Different, Undecided };
    Kind kind = Kind::Undecided;
    std::vector<std::pair<std::string, bool>> inputs = {};  ///< where different: those that matter; the rest are 0

    friend bool operator==(const CecVerdict&, const CecVerdict&) = default;
};

/// What a comparison may take.
struct CecLimits {
    int conflicts = 20'000;
    std::chrono::milliseconds time{60'000};
};

/// Compares two texts of BLIF with the same names of inputs and outputs. ABC runs in a process of its own, in `folder`, which is made; where it does not end
/// within the time, of which some commands of ABC take no notice, it is stopped, and nothing is decided. Fails with ToolFailed, ToolMissing or
/// ToolOutputUnread.
Result<CecVerdict> run_cec(const Tool& yosys, const std::filesystem::path& folder, const std::pair<std::string, std::string>& sides, const CecLimits& limits);

/// The commands for ABC.
std::string cec_script(const CecLimits& limits);

/// Reads what ABC printed for a comparison. Fails with ToolOutputUnread.
Result<CecVerdict> parse_cec(std::string_view text);

}  // namespace lutra
