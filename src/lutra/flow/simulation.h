#pragma once

/// A self-checking Verilog test bench and the verdict that it prints: `N vectors, M mismatches`, last of its lines of that form.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lutra {

/// One simulation of a test bench.
struct SimulationRun {
    std::vector<std::filesystem::path> files;                         ///< Verilog: the bench and what it tests
    std::vector<std::filesystem::path> include_dirs = {};             ///< where `include looks
    std::string top;                                                  ///< module of the bench
    std::filesystem::path work_folder;                                ///< exists; the simulator's files go to a folder in it
    std::filesystem::path run_folder = {};                            ///< in which the bench runs and finds its vectors; empty: work_folder
    std::vector<std::string> arguments = {};                          ///< such as "+vectors=1000"
    std::size_t expected_vectors = 0;                                 ///< how many the bench reads; a simulator that compiles spends more on many
    bool refuse_warnings = true;                                      ///< off for netlists that a synthesis wrote
    std::chrono::milliseconds time_limit = std::chrono::minutes(30);  ///< for the build and for the run, each
};

/// What the bench said.
struct SimulationVerdict {
    std::uint64_t vectors = 0;
    std::uint64_t mismatches = 0;

    /// True when nothing was compared or something differed; the bench's own exit status says so too.
    bool has_failed() const { return vectors == 0 || mismatches > 0; }

    friend bool operator==(const SimulationVerdict&, const SimulationVerdict&) = default;
};

/// What a simulation gave.
struct SimulationResult {
    std::string simulator;  ///< "verilator" or "icarus"
    std::string version;
    SimulationVerdict verdict;
    double build_seconds = 0;
    double run_seconds = 0;
    std::string log_tail;  ///< the bench's last lines, which name the first mismatches
};

/// Finds the last line `N vectors, M mismatches`; none when the bench did not reach its end.
std::optional<SimulationVerdict> parse_verdict(std::string_view text);

}  // namespace lutra
