#include "lutra/cli/installed_tools.h"

#include <cstdlib>
#include <filesystem>

namespace lutra::cli {

ToolPaths installed_tools() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const char* path = std::getenv("PATH");
    return tool_paths(path != nullptr ? path : "", program.parent_path().parent_path() / "tools" / "bin");
}

}  // namespace lutra::cli
