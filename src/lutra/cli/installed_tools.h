#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "lutra/flow/tools.h"

namespace CLI {
class App;
}

namespace lutra::cli {

/// Where this program looks for external tools: PATH, then the folder `tools/bin` beside the folder of the program, where
/// tools/install_fpga_tools.sh puts them.
ToolPaths installed_tools();

/// Adds an option for seconds that something may take, and what that is. The limit, as it stands, is its default.
void add_seconds(CLI::App& command, const std::string& name, std::chrono::milliseconds& limit, std::string_view what);

}  // namespace lutra::cli
