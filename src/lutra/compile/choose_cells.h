#pragma once

/// The smallest of several ways to build a circuit's sums, by mapping them.

#include "lutra/circuit/circuit.h"
#include "lutra/compile/choose_fast_sums.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// Maps a circuit to cells without registers, with an effort of MapOptions; the least one shares nothing. The sums of each layer share terms in the way
/// that maps smallest, or not at all, and tables take over what rounds their address where that is smaller; never is the result larger than without.
/// It does not depend on the number of threads (0: one per core). With a goal, sums whose depth binds are then built in less time (`choose_fast_sums`), also
/// with the way to share that is nearest to the goal; not at the least effort, and not in very large circuits.
CellNetlist choose_cells(const Circuit& circuit, CellStyle style, int effort, int num_threads = 1, const ClockGoal* goal = nullptr);

}  // namespace lutra
