#pragma once

/// Where the elements of a circuit's ports lie in the vectors of its Verilog module.

#include <cstdint>
#include <string>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/emit/verilog/identifiers.h"

namespace lutra::verilog {

/// One port of the module: an unsigned vector that holds the raw two's complement bits of the elements, element 0 lowest.
struct PortLayout {
    std::string name;  ///< as the circuit calls it
    std::string verilog_name;
    bool is_input = true;
    std::int64_t width = 0;                  ///< bits; a port of no bits is left out of the module
    std::vector<std::int64_t> first_bit_of;  ///< per element; element i takes the bits [first_bit_of[i], first_bit_of[i] + its width)
};

/// The names that a module takes for itself: its own and `clk`.
NameTable module_scope(std::string_view module_name);

/// The ports of the module that emit_verilog makes of a circuit: inputs, then outputs. `clk` is not among them. Their names are taken from
/// `scope`, a module_scope.
std::vector<PortLayout> port_layout(const Circuit& circuit, NameTable& scope);

/// Sum of the widths of the input ports, or of the output ports.
std::int64_t total_width(const std::vector<PortLayout>& layouts, bool is_input);

}  // namespace lutra::verilog
