#include "lutra/emit/verilog/verilog.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lutra/circuit/latency.h"
#include "lutra/emit/verilog/bit_text.h"
#include "lutra/emit/verilog/port_layout.h"
#include "lutra/emit/verilog/table_function.h"

namespace lutra {

namespace {

using namespace verilog;

/// Writes the module of one circuit.
class ModuleWriter {
public:
    ModuleWriter(const Circuit& circuit, std::string module_name)
        : circuit_(circuit),
          module_name_(std::move(module_name)),
          names_(module_scope(module_name_)),
          layouts_(port_layout(circuit, names_)),
          bits_(circuit, names_) {}

    std::string write();

private:
    void write_header();
    void write_inputs();
    void write_tables();
    void write_primitives();
    void write_registers();
    void write_outputs();
    std::string expression(Wire wire) const;
    std::string sum(Wire wire) const;
    std::string product(Wire wire) const;
    std::string shifted_left(Wire operand, int amount, int width) const;
    std::string binary(Wire wire, std::string_view symbol) const;
    std::string comparison(Wire wire, std::string_view symbol) const;
    std::string concatenation(Wire wire) const;

    const Circuit& circuit_;
    std::string module_name_;
    NameTable names_;
    std::vector<PortLayout> layouts_;
    BitText bits_;
    std::map<TableUse, std::string> functions_;
    std::string text_;
};

std::string ModuleWriter::write() {
    write_header();
    write_inputs();
    write_tables();
    write_primitives();
    write_registers();
    write_outputs();
    text_ += "endmodule\n";
    return std::move(text_);
}

/// "[2, 3] of fixed<8,4>" or, when elements differ, "[2, 3] of mixed types".
std::string describe(const Circuit& circuit, const Port& port) {
    const bool uniform = std::ranges::all_of(port.wires, [&](Wire wire) { return circuit.type(wire) == circuit.type(port.wires[0]); });
    const std::string type = port.wires.empty() ? "nothing" : (uniform ? to_string(circuit.type(port.wires[0])) : "mixed types");
    return fmt::format("[{}] of {}", fmt::join(port.shape, ", "), type);
}

void ModuleWriter::write_header() {
    text_ += fmt::format("// {}: one event per cycle", module_name_);
    text_ += check_balanced(circuit_) ? ".\n" : fmt::format(", latency {} cycles.\n", latency_cycles(circuit_));
    text_ += "// Element i of a port lies above element i - 1, its bits in two's complement.\n";
    // Wraps and shifts drop bits by design.
    text_ += "/* verilator lint_off UNUSEDSIGNAL */\n";
    text_ += fmt::format("module {} (", module_name_);
    std::string_view separator = "\n";
    if (has_registers(circuit_)) {
        text_ += "\n    input  wire clk";
        separator = ",\n";
    }
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
        const PortLayout& layout = layouts_[i];
        if (layout.width > 0) {
            const Port& port = layout.is_input ? circuit_.inputs()[i] : circuit_.outputs()[i - circuit_.inputs().size()];
            text_ += separator;
            text_ += fmt::format("    // {}: {}\n", comment_text(port.name), comment_text(describe(circuit_, port)));
            text_ += fmt::format("    {} wire {} {}", layout.is_input ? "input " : "output", range_text(layout.width), layout.verilog_name);
            separator = ",\n";
        }
    }
    text_ += "\n);\n";
}

void ModuleWriter::write_inputs() {
    for (std::size_t i = 0; i < circuit_.inputs().size(); ++i) {
        const Port& port = circuit_.inputs()[i];
        for (std::size_t k = 0; k < port.wires.size(); ++k) {
            const int width = circuit_.type(port.wires[k]).width;
            if (width > 0) {
                const std::int64_t low = layouts_[i].first_bit_of[k];
                append_wrapped(
                    text_, "    ",
                    fmt::format("wire {} {} = {}[{}:{}];", range_text(width), bits_.name(port.wires[k]), layouts_[i].verilog_name, low + width - 1, low));
            }
        }
    }
}

void ModuleWriter::write_tables() {
    for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
        const Primitive& p = circuit_[wire];
        if (p.kind != PrimitiveKind::Table || bits_.is_literal(wire) || p.type.width == 0) {
            continue;
        }
        const TableUse use = table_use(circuit_, wire);
        const auto [place, is_new] = functions_.try_emplace(use);
        if (is_new) {
            place->second = names_.take(fmt::format("table_{}", functions_.size() - 1));
            append_table_function(text_, place->second, circuit_.tables()[use.table], use);
        }
    }
}

void ModuleWriter::write_primitives() {
    std::string_view origin;
    for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
        const Primitive& p = circuit_[wire];
        if (p.kind == PrimitiveKind::Input || p.kind == PrimitiveKind::MovePoint || p.type.width == 0 || bits_.is_literal(wire)) {
            continue;
        }
        if (circuit_.origin(wire) != origin) {
            origin = circuit_.origin(wire);
            text_ += fmt::format("\n    // layer {}\n", comment_text(origin));
        }
        const std::string name = bits_.name(wire);
        if (p.kind == PrimitiveKind::Register) {
            append_wrapped(text_, "    ", fmt::format("reg {} {};", range_text(p.type.width), name));
        } else {
            append_wrapped(text_, "    ", fmt::format("wire {} {} = {};", range_text(p.type.width), name, expression(wire)));
        }
    }
}

void ModuleWriter::write_registers() {
    if (!has_registers(circuit_)) {
        return;
    }
    text_ += "\n    always @(posedge clk) begin\n";
    for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
        if (circuit_[wire].kind == PrimitiveKind::Register && circuit_.type(wire).width > 0) {
            append_wrapped(text_, "        ", fmt::format("{} <= {};", bits_.name(wire), bits_.all(circuit_.operands(wire)[0])));
        }
    }
    text_ += "    end\n";
}

void ModuleWriter::write_outputs() {
    for (std::size_t i = 0; i < circuit_.outputs().size(); ++i) {
        const PortLayout& layout = layouts_[circuit_.inputs().size() + i];
        const auto& wires = circuit_.outputs()[i].wires;
        text_ += '\n';
        for (std::size_t k = 0; k < wires.size(); ++k) {
            const int width = circuit_.type(wires[k]).width;
            if (width > 0) {
                const std::int64_t low = layout.first_bit_of[k];
                append_wrapped(text_, "    ", fmt::format("assign {}[{}:{}] = {};", layout.verilog_name, low + width - 1, low, bits_.all(wires[k])));
            }
        }
    }
}

/// The value of a primitive that is neither a border, a register nor a literal, as an expression of its width.
std::string ModuleWriter::expression(Wire wire) const {
    using enum PrimitiveKind;
    const Primitive& p = circuit_[wire];
    const auto operands = circuit_.operands(wire);
    const int width = p.type.width;
    const int amount = static_cast<int>(p.amount);
    switch (p.kind) {
        case Input:
        case Constant:
        case MovePoint:
        case Register: LUTRA_UNREACHABLE("has no expression");
        case Wrap: return bits_.bits(operands[0], 0, width);
        case ShiftLeft: return shifted_left(operands[0], amount, width);
        case ShiftRight: return bits_.bits(operands[0], amount, width);
        case Add: return binary(wire, "+");
        case Subtract: return binary(wire, "-");
        case Negate: return "-" + bits_.all(operands[0]);
        case Multiply: return product(wire);
        case Sum: return sum(wire);
        case Not: return "~" + bits_.all(operands[0]);
        case And: return binary(wire, "&");
        case Or: return binary(wire, "|");
        case Xor: return binary(wire, "^");
        case Equal: return comparison(wire, "==");
        case Less: return comparison(wire, "<");
        case Mux: return fmt::format("{} ? {} : {}", bits_.all(operands[0]), bits_.all(operands[1]), bits_.all(operands[2]));
        case Min:
        case Max: {
            // A literal stands on the right, where no linter can take the comparison for a constant.
            const bool swap = bits_.is_literal(operands[0]);
            const Wire a = operands[swap ? 1 : 0];
            const Wire b = operands[swap ? 0 : 1];
            return fmt::format("({} {} {}) ? {} : {}", bits_.as_typed(a), p.kind == Min ? "<" : ">", bits_.as_typed(b), bits_.all(a), bits_.all(b));
        }
        case Concat: return concatenation(wire);
        case Table: return fmt::format("{}({})", functions_.at(table_use(circuit_, wire)), table_operand(bits_, circuit_, wire));
    }
    LUTRA_UNREACHABLE("primitive kind");
}

std::string ModuleWriter::binary(Wire wire, std::string_view symbol) const {
    const auto operands = circuit_.operands(wire);
    return fmt::format("{} {} {}", bits_.all(operands[0]), symbol, bits_.all(operands[1]));
}

std::string ModuleWriter::comparison(Wire wire, std::string_view symbol) const {
    const auto operands = circuit_.operands(wire);
    return fmt::format("{} {} {}", bits_.as_typed(operands[0]), symbol, bits_.as_typed(operands[1]));
}

std::string ModuleWriter::concatenation(Wire wire) const {
    std::string parts;
    for (const Wire operand : circuit_.operands(wire)) {
        if (circuit_.type(operand).width > 0) {
            parts += (parts.empty() ? "" : ", ") + bits_.all(operand);
        }
    }
    return fmt::format("{{{}}}", parts);
}

/// a * 2^amount modulo 2^width; empty when all of it is shifted out.
std::string ModuleWriter::shifted_left(Wire operand, int amount, int width) const {
    if (amount == 0) {
        return bits_.bits(operand, 0, width);
    }
    if (amount >= width) {
        return literal(0, width);
    }
    return fmt::format("{{{}, {}}}", bits_.bits(operand, 0, width - amount), literal(0, amount));
}

/// Both factors extended or cut to the width of the result: the product modulo 2^width is the same.
std::string ModuleWriter::product(Wire wire) const {
    const auto operands = circuit_.operands(wire);
    const int width = circuit_.type(wire).width;
    const auto factor = [&](Wire operand) {
        const std::string text = bits_.bits(operand, 0, width);
        return circuit_.type(operand).is_signed ? fmt::format("$signed({})", text) : text;
    };
    return fmt::format("{} * {}", factor(operands[0]), factor(operands[1]));
}

/// Constant and terms, each of the width of the result: modulo 2^width the order and the signs of the operands do not matter.
std::string ModuleWriter::sum(Wire wire) const {
    const auto operands = circuit_.operands(wire);
    const int width = circuit_.type(wire).width;
    std::string positive;
    std::string negative;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        const Integer& coefficient = circuit_.coefficients(wire)[i];
        if (coefficient.low_bits(width).is_zero()) {
            continue;
        }
        const Integer magnitude = coefficient.abs();
        const int zeros = magnitude.trailing_zeros();
        const bool is_shift = magnitude == Integer::power_of_two(zeros);
        const std::string term =
            is_shift ? shifted_left(operands[i], zeros, width) : fmt::format("{} * {}", literal(magnitude, width), bits_.bits(operands[i], 0, width));
        if (coefficient.sign() > 0) {
            positive += (positive.empty() ? "" : " + ") + term;
        } else {
            negative += " - " + term;
        }
    }
    const Integer constant = circuit_.constant(wire).low_bits(width);
    if (!constant.is_zero() || positive.empty()) {
        positive = literal(constant, width) + (positive.empty() ? "" : " + ") + positive;
    }
    return positive + negative;
}

}  // namespace

std::string verilog_module_name(const VerilogOptions& options) {
    NameTable modules;
    return modules.take(sanitized(options.module_name, "net"));
}

int module_latency(const Circuit& circuit, const VerilogOptions& options) { return options.cell_latency ? *options.cell_latency : latency_cycles(circuit); }

bool has_clock(const Circuit& circuit, const VerilogOptions& options) { return options.cell_latency ? *options.cell_latency > 0 : has_registers(circuit); }

Result<void> check_port_widths(const Circuit& circuit) {
    NameTable names;
    for (const verilog::PortLayout& layout : port_layout(circuit, names)) {
        if (layout.width > max_verilog_port_width) {
            return fail(DiagnosticId::TypeTooWide, layout.name,
                        fmt::format("a port of {} bits cannot be written in verilog; at most {} are supported", layout.width, max_verilog_port_width),
                        "process the input piece by piece (a stream design)");
        }
    }
    return {};
}

Result<std::vector<EmittedFile>> emit_verilog(const Circuit& circuit, const VerilogOptions& options) {
    const std::string module_name = verilog_module_name(options);
    if (const auto checked = check_port_widths(circuit); !checked) {
        return std::unexpected(checked.error());
    }
    return std::vector<EmittedFile>{{module_name + ".v", ModuleWriter(circuit, module_name).write()}};
}

}  // namespace lutra
