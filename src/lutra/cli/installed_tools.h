#pragma once

#include "lutra/flow/tools.h"

namespace lutra::cli {

/// Where this program looks for external tools: PATH, then the folder `tools/bin` beside the folder of the program, where
/// tools/install_fpga_tools.sh puts them.
ToolPaths installed_tools();

}  // namespace lutra::cli
