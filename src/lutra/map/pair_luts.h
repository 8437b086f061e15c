#pragma once

#include <vector>

#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// Makes one LUT with two outputs of two LUTs that have five inputs or fewer together. Both stand at the same level, so that no cell comes to depend on
/// itself. LUTs in front of a multiplexer stay alone: it takes a first output only.
void pair_luts(CellNetlist& netlist);

}  // namespace lutra
