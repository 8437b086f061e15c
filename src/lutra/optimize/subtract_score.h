#pragma once

/// Scores of which only the order matters.

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Where sums are only compared with each other, as the scores of an argmax are, subtracts one of them from all: it becomes zero, and the others stay sums.
/// Takes the one that leaves the fewest digits of coefficients, where those are fewer than before.
Circuit subtract_score(const Circuit& circuit);

}  // namespace lutra
