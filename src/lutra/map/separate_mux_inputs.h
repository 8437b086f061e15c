#pragma once

#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// Gives each multiplexer LUTs and multiplexers of its own in front of it, as it shares their slice: what another multiplexer reads too is copied. On Lut4 what
/// anything else reads is copied as well, since the multiplexer's result leaves the slice by the way that the LUT's would take.
void separate_mux_inputs(CellNetlist& netlist);

}  // namespace lutra
