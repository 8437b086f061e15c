#pragma once

/// Netlists of device cells as Verilog: the cells of a family as instances. Models of the cells for simulators are in cell_models.h.

#include <memory>

#include "lutra/emit/emitted_file.h"
#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/verilog.h"
#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// The vendor's cells that are instantiated.
enum class CellLibrary {
    UltraScalePlus,  ///< LUT1..6, LUT6_2, MUXF7, MUXF8, CARRY8
    Xilinx7,         ///< the same with CARRY4
    Ecp5,            ///< LUT4, PFUMX, L6MUX21, CCU2C
};

/// What cells the netlists of a library consist of.
CellStyle style_of(CellLibrary library);

/// Bits of a carry chain that one of its cells holds.
std::size_t bits_per_carry_cell(CellLibrary library);

/// A netlist as the module that emit_verilog would print of the circuit: same name, same ports. `circuit` is what the netlist was mapped from; only its
/// ports are read. The text is printed when it is asked for: the file has a part in the netlist, which must not change.
Result<EmittedFile> emit_cells(std::shared_ptr<const CellNetlist> netlist, const Circuit& circuit, CellLibrary library, const VerilogOptions& options = {});

}  // namespace lutra
