#pragma once

/// Counts of a circuit or design, in all and by layer.

#include "lutra/compile/map_design.h"
#include "lutra/report/report.h"

namespace lutra {

/// Counts the primitives of a mapped circuit. Adders are Add, Subtract and Negate rows, and a Sum that is still whole as one row less than it
/// has terms; primitives that cost nothing (inputs, constants, wraps, shifts, moved points) are counted as primitives only.
CircuitReport count_circuit(const Circuit& circuit);

/// The same of a design: where it has cells, its adders are carry chains and its registers those of the netlist.
CircuitReport count_design(const MappedDesign& design);

/// Fills in `primitives`, `adders` and `tables` of the layer whose name is the origin of the primitives.
void count_layer(const MappedDesign& design, LayerReport& layer);

}  // namespace lutra
