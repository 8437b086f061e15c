#pragma once

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Moves clamps behind what is monotone, so that constants before and after a ReLU meet in one sum:
///
///     max(x, c) + k        => max(x + k, c + k)
///     max(x, c) * 2^n      => max(x * 2^n, c * 2^n)
///     floor(max(x, c) / n) => max(floor(x / n), floor(c / n))
///
/// and the same for min, when nothing else reads the clamp.
Circuit delay_clamps(const Circuit& circuit);

}  // namespace lutra
