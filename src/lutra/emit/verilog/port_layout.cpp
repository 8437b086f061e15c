#include "lutra/emit/verilog/port_layout.h"

namespace lutra::verilog {

namespace {

PortLayout layout_of(const Circuit& circuit, const Port& port, bool is_input, NameTable& names) {
    PortLayout layout{
        .name = port.name, .verilog_name = names.take(sanitized(port.name, is_input ? "x" : "y")), .is_input = is_input, .width = 0, .first_bit_of = {}};
    for (const Wire wire : port.wires) {
        layout.first_bit_of.push_back(layout.width);
        layout.width += circuit.type(wire).width;
    }
    return layout;
}

}  // namespace

NameTable module_scope(std::string_view module_name) {
    NameTable scope;
    scope.take("clk");
    scope.take(std::string(module_name));
    return scope;
}

std::vector<PortLayout> port_layout(const Circuit& circuit, NameTable& scope) {
    std::vector<PortLayout> layouts;
    for (const Port& port : circuit.inputs()) {
        layouts.push_back(layout_of(circuit, port, true, scope));
    }
    for (const Port& port : circuit.outputs()) {
        layouts.push_back(layout_of(circuit, port, false, scope));
    }
    return layouts;
}

std::int64_t total_width(const std::vector<PortLayout>& layouts, bool is_input) {
    std::int64_t width = 0;
    for (const PortLayout& layout : layouts) {
        width += layout.is_input == is_input ? layout.width : 0;
    }
    return width;
}

}  // namespace lutra::verilog
