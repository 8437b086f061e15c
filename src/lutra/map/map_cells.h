#pragma once

/// A network of bits as cells of a device.

#include "lutra/netlist/bit_network.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// Covers the functions with LUTs and puts the rows on carry chains:
///
///     row, column of bits a, b, c, LUT6:  propagate = a ^ b ^ c ^ m, m = majority of the column below (a second output), generate = m
///     row, column of bits a, b:           propagate = a ^ b, generate = a
///     LUT that only one row reads         => its function inside the row's own LUT, where that has inputs left
///     two LUTs of five inputs together    => one LUT with two outputs (LUT6)
///
/// Parts of the network are freed as soon as their cells are there, since both are large.
CellNetlist map_cells(BitNetwork network, CellStyle style);

}  // namespace lutra
