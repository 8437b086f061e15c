#pragma once

/// A proof, by ABC in Yosys, that a netlist computes what the Verilog says that it was made of.

#include "lutra/flow/yosys.h"

namespace lutra {

/// Compares the netlist.v that `synthesize` wrote with write_simulation into the request's work folder with the request's files, both with Yosys' models of the
/// cells. Registers count as wires: both are pipelines without feedback, and how many registers stand on each way shows in any simulation. ABC merges
/// what is equal in both, from the inputs to the outputs (strash and fraig: Mishchenko, Chatterjee, Jiang and Brayton, 2005), until no gate of
/// their difference is left. Fails with ProofLimit when some are left, ToolFailed, ToolTimedOut or ToolMissing.
Result<void> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const Progress& progress = {});

/// The script that it runs.
std::string equivalence_script(const SynthesisRequest& request);

}  // namespace lutra
