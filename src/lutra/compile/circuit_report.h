#pragma once

/// Counts of a circuit, in all and by layer.

#include <string_view>

#include "lutra/circuit/circuit.h"
#include "lutra/report/report.h"

namespace lutra {

/// Counts the primitives of a mapped circuit. Adders are Add, Subtract and Negate rows, and a Sum that is still whole as one row less than it
/// has terms; primitives that cost nothing (inputs, constants, wraps, shifts, moved points) are counted as primitives only.
CircuitReport count_circuit(const Circuit& circuit);

/// Fills in `primitives`, `adders` and `tables` of the layer whose name is the origin of the primitives.
void count_layer(const Circuit& circuit, LayerReport& layer);

}  // namespace lutra
