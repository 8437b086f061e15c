#pragma once

/// Where the external tools are and which versions they have.

#include <filesystem>
#include <string>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// Folders in which commands are looked for, in this order. The command line fills it from PATH and its own tools folder.
struct ToolPaths {
    std::vector<std::filesystem::path> folders;
};

/// Makes the folders of a PATH-like text, separated by ':', followed by `last`. Empty entries are left out.
ToolPaths tool_paths(std::string_view path_text, const std::filesystem::path& last);

/// One installed tool.
struct Tool {
    std::filesystem::path program;
    std::string version;  ///< digits and dots, such as "0.70"
};

/// Finds Yosys, version 0.40 or newer; an older one on the way is passed over.
Result<Tool> find_yosys(const ToolPaths& paths);
/// Finds nextpnr for ECP5, version 0.4 or newer.
Result<Tool> find_nextpnr_ecp5(const ToolPaths& paths);
/// Finds Verilator, version 5.006 or newer (the first with a timing mode that Debian has).
Result<Tool> find_verilator(const ToolPaths& paths);
/// Finds Icarus' compiler, version 11 or newer.
Result<Tool> find_iverilog(const ToolPaths& paths);
/// Finds Icarus' simulator.
Result<Tool> find_vvp(const ToolPaths& paths);

/// The first word of digits and dots (at least one dot) in a text, such as "0.70" in "Yosys 0.70 (git sha1 ...)"; empty: none.
std::string find_version(std::string_view text);

/// True when version `a` is older than `b`; numbers are compared, part by part.
bool is_older(std::string_view a, std::string_view b);

}  // namespace lutra
