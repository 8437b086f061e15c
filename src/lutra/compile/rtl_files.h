#pragma once

/// Which files of a design folder make up what.

#include <filesystem>
#include <string>
#include <vector>

#include "lutra/report/report.h"

namespace lutra {

/// What a bench drives: the core's own ports, or the AXI4-Stream shell around it.
enum class BenchKind { Core, AxiStream };

/// Whether the design has the bench; one without inputs or outputs of any bits has no shell.
bool has_bench(const RtlReport& rtl, BenchKind kind);

/// The module of the bench.
std::string bench_module(const RtlReport& rtl, BenchKind kind);

/// The files that the bench needs, itself among them, as absolute paths.
std::vector<std::filesystem::path> bench_files(const RtlReport& rtl, BenchKind kind, const std::filesystem::path& folder);

/// The core alone: what is synthesised.
std::vector<std::filesystem::path> core_files(const RtlReport& rtl, const std::filesystem::path& folder);

/// The models of the cells that the core instantiates; none for generic Verilog. Simulators need them, and synthesis for another family.
std::vector<std::filesystem::path> cell_model_files(const RtlReport& rtl, const std::filesystem::path& folder);

}  // namespace lutra
