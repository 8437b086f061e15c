#pragma once

#include "lutra/circuit/circuit.h"

namespace lutra {

/// The circuit without primitives that no output depends on. Ports stay, inputs that nothing reads too.
Circuit remove_dead(const Circuit& circuit);

}  // namespace lutra
