#pragma once

#include <filesystem>

#include "lutra/cli/command.h"

namespace lutra::cli {

/// True when the file holds the text form of a circuit.
bool is_circuit_file(const std::filesystem::path& path);

/// Shows the ports of a circuit file and what it is made of.
void inspect_circuit(Session& session, const std::filesystem::path& path);

}  // namespace lutra::cli
