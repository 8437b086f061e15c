#pragma once

/// Proves that two circuits are equal: one before and one after passes of optimize/.

#include <string>

#include "lutra/prove/prove_netlist.h"

namespace lutra {

struct PassesProof {
    std::int64_t outputs = 0;  ///< elements that are proved
    std::int64_t all_outputs = 0;
    std::string problem;  ///< empty when all are
    std::string layer;    ///< of the first output that is not
    std::optional<Counterexample> counterexample;

    bool is_proved() const { return problem.empty(); }
};

/// Compares the normal forms of the outputs. Registers are taken for wires; those of `after` have to be balanced. Where forms differ, random events are tried.
PassesProof prove_passes(const Circuit& before, const Circuit& after);

}  // namespace lutra
