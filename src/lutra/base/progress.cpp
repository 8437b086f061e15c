#include "lutra/base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace lutra {

namespace {
using Clock = std::chrono::steady_clock;
constexpr auto quiet_time = std::chrono::milliseconds(1000);
constexpr auto redraw_time = std::chrono::milliseconds(100);
constexpr std::uint64_t bar_width = 30;
}  // namespace

TerminalProgress::TerminalProgress() : is_terminal_(::isatty(STDERR_FILENO) == 1), begin_(Clock::now()), last_(begin_) {}

TerminalProgress::~TerminalProgress() { clear(); }

void TerminalProgress::show(const ProgressStep& step) {
    const auto now = Clock::now();
    if (!is_terminal_ || now - begin_ < quiet_time || now - last_ < redraw_time) {
        return;
    }
    last_ = now;
    is_drawn_ = true;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - begin_).count();
    std::string line = fmt::format("\r\x1b[K{} ", step.what);
    if (step.total > 0) {
        const std::uint64_t filled =
            std::min(bar_width, static_cast<std::uint64_t>(static_cast<double>(bar_width) * static_cast<double>(step.done) / static_cast<double>(step.total)));
        line += fmt::format("[{:#<{}}{:.<{}}] {}/{} ", "", filled, "", bar_width - filled, step.done, step.total);
    }
    line += fmt::format("{} s", seconds);
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
}

void TerminalProgress::clear() {
    if (is_drawn_) {
        std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
        is_drawn_ = false;
    }
}

}  // namespace lutra
