#pragma once

/// An AXI4-Stream shell around the module of emit_verilog, and its bench.

#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"
#include "lutra/emit/verilog/testbench.h"

namespace lutra {

/// Writes `NAME_axis.v`: one event per beat, at full rate, with back-pressure. TDATA holds the ports one above the other, first port lowest, and is
/// padded with zeros to whole bytes; TLAST travels with its event. The pipeline is never stalled: an event enters only when the FIFO behind it has
/// a place for it, which a counter of credits knows. The circuit must be balanced.
EmittedFile emit_axi_stream(const Circuit& circuit, const VerilogOptions& options = {});

/// Writes a bench like emit_testbench's for the shell, `tb/NAME_axis_tb.v`: sender and receiver stall at random, at rates that change every 256 cycles;
/// a beat that changes while it waits, a lost TLAST, and a stall that nobody asked for are mismatches too.
TestbenchFiles emit_axi_stream_testbench(const Circuit& circuit, const VerilogOptions& options = {});

}  // namespace lutra
