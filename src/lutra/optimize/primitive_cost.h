#pragma once

/// What the primitives of a circuit cost on a device: LUTs, and the time that a signal takes through them.

#include <cstdint>

#include "lutra/circuit/circuit.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// Estimated LUTs of one primitive.
double primitive_luts(const Circuit& circuit, Wire wire, const CostModel& model);

/// Estimated nanoseconds through one primitive, the wires to it included; 0 for those that are only wires.
double primitive_delay_ns(const Circuit& circuit, Wire wire, const CostModel& model);

/// Estimated cells of a mapped circuit.
struct CircuitCost {
    double luts = 0;
    std::int64_t register_bits = 0;
};
CircuitCost estimate_cost(const Circuit& circuit, const CostModel& model);

}  // namespace lutra
