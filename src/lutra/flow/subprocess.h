#pragma once

/// External programs: run without a shell, with bounded output and a time limit that ends every process they started.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// One program to run.
struct Command {
    std::filesystem::path program = {};  ///< a path; no search is made
    std::vector<std::string> arguments = {};
    std::filesystem::path folder = {};  ///< working folder; empty: that of this process
    std::filesystem::path input = {};   ///< file for standard input; empty: no input
    std::chrono::milliseconds time_limit = std::chrono::minutes(60);
    std::size_t max_output = std::size_t{1} << 20;            ///< bytes of output that are kept: its last ones
    std::function<void(std::string_view line)> on_line = {};  ///< called for each line of output, without its newline
};

/// What a program that ended has left.
struct CommandOutput {
    int status = 0;             ///< exit status; 128 + the signal's number when a signal ended it
    std::string text;           ///< standard output and error in the order in which they came: at most the last `max_output` bytes
    bool is_truncated = false;  ///< whether earlier output was dropped
    double seconds = 0;         ///< wall time
};

/// Runs a program to its end, whatever its status. Fails with ToolMissing when it cannot be started and with ToolTimedOut when the
/// limit passed. No process that it started in its group outlives this call, nor this process.
Result<CommandOutput> run_command(const Command& command);

/// As run_command, but a status other than 0 is ToolFailed with the last lines of the output.
Result<CommandOutput> run_tool(const Command& command);

/// The last `count` non-empty lines of a text.
std::string last_lines(std::string_view text, int count);

}  // namespace lutra
