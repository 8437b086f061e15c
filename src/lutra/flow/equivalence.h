#pragma once

/// Yosys' own proof that a netlist it made is equivalent to the Verilog it was made of.

#include "lutra/flow/yosys.h"

namespace lutra {

/// Compares the netlist.v that `synthesize` wrote with write_simulation into the request's work folder with the request's files, both with Yosys' models of the
/// cells, register by register and net by net where names are the same. Fails with ToolFailed when some of it stays unproven, ToolTimedOut or ToolMissing.
Result<void> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const Progress& progress = {});

/// The script that it runs.
std::string equivalence_script(const SynthesisRequest& request);

}  // namespace lutra
