#pragma once

/// Placing registers: a combinational circuit becomes a pipeline that takes an event in every clock cycle.

#include <functional>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Nanoseconds through a primitive of a circuit, wires to it included.
using DelayFunction = std::function<double(const Circuit& circuit, Wire wire)>;

/// Places registers so that no path between registers takes longer than `budget_ns` by the delays given (a primitive that alone takes longer has
/// a stage to itself). The outputs are registers. Each primitive stands in the earliest stage; registers stand where they are narrowest: in front of
/// wires that only widen or shift. The circuit must have no registers.
Circuit pipeline_for_delay(const Circuit& circuit, const DelayFunction& delay, double budget_ns);

/// The same with exactly `num_stages` >= 1 registers between inputs and outputs, and stages as even as that allows.
Circuit pipeline_for_stages(const Circuit& circuit, const DelayFunction& delay, int num_stages);

}  // namespace lutra
