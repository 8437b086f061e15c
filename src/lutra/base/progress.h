#pragma once

/// Progress of long work, shown only where a person looks.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace lutra {

/// One step of progress: what is done, how far, out of how much (0 when unknown).
struct ProgressStep {
    std::string what;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

/// Receives progress. An empty function is allowed and means that nobody looks.
using Progress = std::function<void(const ProgressStep&)>;

/// Draws a bar on stderr when that is a terminal and the work has lasted a second; draws nothing otherwise.
class TerminalProgress {
public:
    TerminalProgress();
    ~TerminalProgress();
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;

    /// Shows a step, at most ten times a second.
    void show(const ProgressStep& step);
    /// Removes the bar.
    void clear();

private:
    bool is_terminal_;
    bool is_drawn_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace lutra
