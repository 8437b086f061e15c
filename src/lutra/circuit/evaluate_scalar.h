#pragma once

/// Evaluation of a circuit for one event in exact integers: slow, plain, and the yardstick of every other evaluator.

#include <span>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// The raw value of a primitive that is not an Input, given the raw values of its operands.
Integer evaluate_primitive(const Circuit& circuit, Wire wire, std::span<const Integer> operands);

/// The raw value of every wire, given the raw values of the input ports' elements in order. A Register passes its operand on.
std::vector<Integer> evaluate_wires(const Circuit& circuit, std::span<const Integer> inputs);

/// The raw values of the output ports' elements in order.
std::vector<Integer> evaluate_scalar(const Circuit& circuit, std::span<const Integer> inputs);

}  // namespace lutra
