#include "lutra/cli/installed_tools.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace lutra::cli {

ToolPaths installed_tools() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const char* path = std::getenv("PATH");
    return tool_paths(path != nullptr ? path : "", program.parent_path().parent_path() / "tools" / "bin");
}

void add_seconds(CLI::App& command, const std::string& name, std::chrono::milliseconds& limit, std::string_view what) {
    constexpr double longest = 7 * 24 * 3600;
    command
        .add_option_function<double>(
            name, [&limit](const double& seconds) { limit = std::chrono::milliseconds(std::llround(1000 * seconds)); },
            fmt::format("seconds {}; default {}", what, std::chrono::duration_cast<std::chrono::seconds>(limit).count()))
        ->check(CLI::Range(0.001, longest))
        ->type_name("SECONDS");
}

void add_time_limit(CLI::App& command, std::chrono::milliseconds& limit, std::string_view what) { add_seconds(command, "--time-limit", limit, what); }

}  // namespace lutra::cli
