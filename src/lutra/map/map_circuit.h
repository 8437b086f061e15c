#pragma once

/// A circuit as a network of bits: sums become rows of adders, tables and choices functions of a few bits.

#include "lutra/circuit/circuit.h"
#include "lutra/netlist/bit_network.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// What the cells of a device can do, and how hard to search.
struct MapOptions {
    int lut_inputs = 6;            ///< 4 or 6
    bool has_ternary_rows = true;  ///< a carry chain that adds three words
    int mux_levels = 2;            ///< multiplexers that may follow each other behind a LUT
    double luts_per_row_bit = 0.55;  ///< what one more bit in a sum takes
    int exact_words = 7;           ///< sums of up to so many words get the best of all groupings
};

/// What the cells of a style can do.
MapOptions options_for(CellStyle style);

/// Maps a circuit without registers. Inputs and outputs of the network are the bits of the elements of its ports, in order, each element's lowest
/// bit first.
BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options);

}  // namespace lutra
