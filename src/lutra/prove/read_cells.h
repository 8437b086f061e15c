#pragma once

/// Reads the Verilog that emit/verilog/cells.h prints back into a netlist, so that what is proved is the text that synthesis gets. It takes exactly the
/// statements that are printed and refuses everything else.

#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// A port of a module that was read.
struct ReadPort {
    std::string name;
    std::size_t width = 0;
    bool is_input = true;
};

/// A wire or port of a module that was read: its bits are nets one after the other.
struct ReadWire {
    std::string_view name;  ///< in the text that was read
    Net first = 0;
    bool is_vector = false;
};

struct ReadModule {
    std::string name;
    std::vector<ReadPort> ports;  ///< but for the clock
    CellNetlist netlist;          ///< its inputs and outputs are the bits of the ports in order; origins are not known: ""
    std::vector<ReadWire> wires;  ///< by their nets

    /// As the text names it, such as fc1_row3[2]; empty when it is no net of the text. The text must still be there.
    std::string name_of(Net net) const;
};

/// Parses one module. Fails with TextSyntax, naming `file_name` and the line.
Result<ReadModule> read_cells(std::string_view text, const std::string& file_name);

}  // namespace lutra
