#pragma once

/// Counting of registers: when the result of an event is there.

#include <optional>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// The number of registers between the inputs and each wire, or nothing for wires that depend on no input (they are the same in every cycle).
/// A register of a constant counts as one. Where the operands of a primitive differ, the largest number is taken.
std::vector<std::optional<int>> register_depths(const Circuit& circuit);

/// The first wire that mixes events of different cycles: its operands have different numbers of registers behind them, or it is an output
/// with another number than the outputs before it. Nothing when the circuit is a pipeline that takes one event per cycle.
std::optional<Wire> check_balanced(const Circuit& circuit);

/// Number of clock cycles from the inputs of an event to its outputs; 0 for a combinational circuit. The circuit must be balanced.
int latency_cycles(const Circuit& circuit);

/// True when the circuit has a Register, hence a clock.
bool has_registers(const Circuit& circuit);

}  // namespace lutra
