#pragma once

/// Circuits as synthesisable Verilog-2001, free of vendor primitives.

#include <optional>
#include <string>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"

namespace lutra {

/// What the user chooses about the text.
struct VerilogOptions {
    std::string module_name = "net";       ///< of the module and, with ".v", of its file; made an identifier if it is none
    std::optional<int> cell_latency = {};  ///< of a netlist of cells that stands for a circuit without registers: its cycles, 0 for no clock
};

/// Cycles from the inputs of the module to its outputs. It has a clock when there are any.
int module_latency(const Circuit& circuit, const VerilogOptions& options);
bool has_clock(const Circuit& circuit, const VerilogOptions& options);

/// The name that the module gets.
std::string verilog_module_name(const VerilogOptions& options);

/// Widest port, in bits, that emit_verilog writes; beyond it simulators give up.
inline constexpr std::int64_t max_verilog_port_width = std::int64_t{1} << 22;

/// Fails with TypeTooWide when a port of the circuit is wider than that.
Result<void> check_port_widths(const Circuit& circuit);

/// Prints a circuit as one module that computes exactly what primitive.h says. Ports are those of verilog::port_layout, with `clk` in front
/// when there are registers. The files go to the folder of the design. Fails with TypeTooWide when a port is too wide.
Result<std::vector<EmittedFile>> emit_verilog(const Circuit& circuit, const VerilogOptions& options = {});

}  // namespace lutra
