#pragma once

/// Random valid circuits and inputs, for tests and fuzzers of everything that reads circuits: evaluators, text form, emitters, passes.

#include <cstdint>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// What a random circuit may hold. The same options give the same circuit on every machine.
struct RandomCircuitOptions {
    std::uint64_t seed = 0;
    int num_primitives = 60;      ///< about: operands of fitting types are made as needed
    int max_width = 140;          ///< of any wire
    bool has_registers = true;    ///< off for emitters that need the registers of all paths balanced
    bool has_zero_widths = true;  ///< off where a target has no empty words
};

/// A circuit over all primitives, with one or two input ports and one or two output ports of at least one element each, types of all
/// widths up to the limit, and binary points in and outside of the words.
Circuit random_circuit(const RandomCircuitOptions& options);

/// Raw values for all input elements of `num_events` events, event after event, often at the bounds of their intervals.
std::vector<Integer> random_inputs(const Circuit& circuit, std::size_t num_events, std::uint64_t seed);

}  // namespace lutra
