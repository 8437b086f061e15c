#pragma once

/// Tables as Verilog functions with a full case.

#include <compare>
#include <cstdint>
#include <string>

#include "lutra/circuit/circuit.h"
#include "lutra/emit/verilog/bit_text.h"

namespace lutra::verilog {

/// What makes two Table primitives share one function.
struct TableUse {
    std::uint32_t table = 0;
    int operand_width = 0;
    bool operand_is_signed = false;
    int result_width = 0;

    friend auto operator<=>(const TableUse&, const TableUse&) = default;
};

/// The function that a Table primitive calls.
TableUse table_use(const Circuit& circuit, Wire wire);

/// The argument of the call: the operand's bits, or one zero bit for an operand without bits.
std::string table_operand(const BitText& bits, const Circuit& circuit, Wire wire);

/// Appends the function. Operands beyond the entries, which the circuit proves impossible, give x.
void append_table_function(std::string& text, const std::string& name, const LookupTable& table, const TableUse& use);

}  // namespace lutra::verilog
