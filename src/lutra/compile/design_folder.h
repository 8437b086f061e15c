#pragma once

/// The folder that `lutra compile` leaves behind.

#include <filesystem>

#include "lutra/compile/compile_model.h"

namespace lutra {

/// The file that makes a folder a design folder.
inline constexpr const char* report_file_name = "report.json";
/// The typed graph in it.
inline constexpr const char* graph_file_name = "model.lutra";

/// Writes a design folder: whole or not at all, byte-identical for the same input.
Result<void> write_design(const CompiledModel& compiled, const std::filesystem::path& folder);

/// True when the folder holds a report, so that it can be used in place of a model.
bool is_design_folder(const std::filesystem::path& folder);

/// The report of a design folder. Fails with NotADesignFolder.
Result<Report> read_design_report(const std::filesystem::path& folder);

/// The same, and fails when the folder holds no Verilog.
Result<Report> read_rtl_report(const std::filesystem::path& folder);

/// The typed graph of a design folder.
Result<Graph> read_design_graph(const std::filesystem::path& folder);

/// The mapped circuit of a design folder.
Result<Circuit> read_design_circuit(const std::filesystem::path& folder);

/// Puts a renewed report, with new measurements, into a design folder.
Result<void> write_design_report(const Report& report, const std::filesystem::path& folder);

}  // namespace lutra
