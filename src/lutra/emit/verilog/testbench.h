#pragma once

/// A self-checking test bench for the module of emit_verilog.

#include "lutra/circuit/circuit.h"
#include "lutra/emit/emitted_file.h"
#include "lutra/emit/verilog/verilog.h"

namespace lutra {

/// Names of the bench and of its vectors.
struct TestbenchFiles {
    EmittedFile bench;  ///< in "tb/": module `NAME_tb`
    std::string top;    ///< `NAME_tb`
};

/// Files of vectors that the bench reads in the folder in which it runs; verilog::vector_lines writes their lines.
inline constexpr std::string_view vectors_in_name = "vectors_in.hex";
inline constexpr std::string_view vectors_out_name = "vectors_out.hex";

/// Writes a bench that feeds one event per clock cycle (or, without registers, per time step), checks each output after the latency with
/// !==, so that unknown bits are mismatches, names the first mismatches and ends with the line `N vectors, M mismatches`. It ends with a failure
/// status when there is a mismatch, no vector at all, or not as many outputs as inputs. Before and after the events the inputs are unknown.
/// The circuit must be balanced.
TestbenchFiles emit_testbench(const Circuit& circuit, const VerilogOptions& options = {});

}  // namespace lutra
