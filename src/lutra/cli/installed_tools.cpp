#include "lutra/cli/installed_tools.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cmath>
#include <filesystem>

namespace lutra::cli {

ToolPaths installed_tools() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const char* path = std::getenv("PATH");
    return tool_paths(path != nullptr ? path : "", program.parent_path().parent_path() / "tools" / "bin");
}

void add_time_limit(CLI::App& command, std::chrono::milliseconds& limit) {
    constexpr double longest = 7 * 24 * 3600;
    command
        .add_option_function<double>(
            "--time-limit", [&limit](const double& seconds) { limit = std::chrono::milliseconds(std::llround(1000 * seconds)); },
            "seconds that each run of a tool may take; default 1800")
        ->check(CLI::Range(0.001, longest))
        ->type_name("SECONDS");
}

}  // namespace lutra::cli
