#pragma once

/// A proof, by ABC in Yosys and layer by layer, that a netlist computes what the Verilog says that it was made of.

#include "lutra/flow/layer_proof.h"
#include "lutra/flow/yosys.h"

namespace lutra {

/// What the comparisons may take in all, and how many run at the same time.
struct EquivalenceLimits {
    std::chrono::milliseconds time = std::chrono::minutes(10);  ///< beside the synthesis and the reading of both by Yosys
    int jobs = 2;
};

/// Compares the netlist.v that `synthesize` wrote with write_simulation into the request's work folder with the request's files, both with Yosys' models of the
/// cells. Registers count as wires: both are pipelines without feedback, and how many registers stand on each way shows in any simulation. Yosys writes both as
/// functions of a few nets; prove_layers says how they are compared, `cec` of ABC decides. What it has not decided within the limits is not proved. Unknown
/// values of the Verilog are 0. Fails with ToolFailed, ToolTimedOut (of Yosys), ToolMissing or ToolOutputUnread.
Result<EquivalenceResult> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const std::vector<LayerName>& layers,
                                            const EquivalenceLimits& limits, const Progress& progress = {});

/// The script with which Yosys writes both as BLIF.
std::string equivalence_script(const SynthesisRequest& request);

}  // namespace lutra
