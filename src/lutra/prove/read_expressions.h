#pragma once

/// Reads the generic Verilog that emit/verilog/verilog.h prints back into a circuit, so that what is proved is the text that synthesis gets. It takes exactly
/// the statements that are printed and refuses everything else.

#include <string>
#include <string_view>

#include "lutra/base/result.h"
#include "lutra/circuit/circuit.h"

namespace lutra {

struct ReadCircuit {
    std::string module_name;
    Circuit circuit;  ///< its ports are those of the circuit that the text is of
};

/// Parses one module. Of `printed`, the circuit that it is said to be, the ports are taken: which of their bits are which element, and what the elements of
/// inputs can be. The signs of its wires say how the bits of wires of the same number are written here, which changes no bit. Fails with TextSyntax, naming
/// `file_name` and the line.
Result<ReadCircuit> read_expressions(std::string_view text, const std::string& file_name, const Circuit& printed);

}  // namespace lutra
