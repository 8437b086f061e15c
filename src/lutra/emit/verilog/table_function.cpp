#include "lutra/emit/verilog/table_function.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra::verilog {

TableUse table_use(const Circuit& circuit, Wire wire) {
    const FixedPointType& operand = circuit.type(circuit.operands(wire)[0]);
    return {.table = circuit[wire].amount,
            .operand_width = std::max(operand.width, 1),
            .operand_is_signed = operand.is_signed,
            .result_width = circuit.type(wire).width};
}

std::string table_operand(const BitText& bits, const Circuit& circuit, Wire wire) {
    const Wire operand = circuit.operands(wire)[0];
    return bits.bits(operand, 0, std::max(circuit.type(operand).width, 1));
}

void append_table_function(std::string& text, const std::string& name, const LookupTable& table, const TableUse& use) {
    const FixedPointType operand{.is_signed = use.operand_is_signed, .width = use.operand_width, .fraction = 0};
    text += fmt::format("\n    function {} {};\n", range_text(use.result_width), name);
    text += fmt::format("        input {} a;\n", range_text(use.operand_width));
    text += "        case (a)\n";
    Integer raw = table.first;
    for (const Integer& entry : table.entries) {
        if (operand.contains(raw)) {
            append_wrapped(text, "            ", fmt::format("{}: {} = {};", literal(raw, use.operand_width), name, literal(entry, use.result_width)));
        }
        raw += 1;
    }
    text += fmt::format("            default: {} = {{{}{{1'bx}}}};\n", name, use.result_width);
    text += "        endcase\n    endfunction\n";
}

}  // namespace lutra::verilog
