#include "lutra/circuit/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "lutra/base/text_scanner.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

constexpr std::size_t longest_line = 120;

/// Appends words to a text and breaks lines that grow too long; a continued line is indented.
class LineWriter {
public:
    explicit LineWriter(std::string& text) : text_(text), line_start_(text.size()) {}

    void word(std::string_view word) {
        if (text_.size() + 1 + word.size() - line_start_ > longest_line) {
            text_ += '\n';
            line_start_ = text_.size();
            text_ += "   ";
        }
        text_ += ' ';
        text_ += word;
    }

private:
    std::string& text_;
    std::size_t line_start_;
};

void print_table(std::string& text, std::size_t number, const LookupTable& table) {
    LineWriter line(text);
    text += fmt::format("table @{} first {} {{", number, table.first.to_string());
    for (const Integer& entry : table.entries) {
        line.word(entry.to_string());
    }
    text += " }\n";
}

void print_sum(std::string& text, const Circuit& circuit, Wire wire) {
    const auto operands = circuit.operands(wire);
    const Integer& constant = circuit.constant(wire);
    for (std::size_t i = 0; i < operands.size(); ++i) {
        const Integer& coefficient = circuit.coefficients(wire)[i];
        text += fmt::format("{} %{}", i == 0 ? "" : " +", operands[i].index);
        text += coefficient == Integer(1) ? "" : " * " + coefficient.to_string();
    }
    if (operands.empty() || !constant.is_zero()) {
        text += (operands.empty() ? " " : " + ") + constant.to_string();
    }
}

void print_primitive(std::string& text, const Circuit& circuit, Wire wire) {
    const Primitive& p = circuit[wire];
    text += fmt::format("%{} = {}", wire.index, to_string(p.kind));
    if (p.kind == Table) {
        text += fmt::format(" @{}", p.amount);
    }
    if (p.kind == Sum) {
        print_sum(text, circuit, wire);
    } else {
        for (const Wire operand : circuit.operands(wire)) {
            text += fmt::format(" %{}", operand.index);
        }
    }
    if (p.kind == Constant) {
        text += " " + circuit.constant(wire).to_string();
    }
    if (p.kind == Input && p.interval != range_of(p.type)) {
        text += " " + format_as(p.interval);
    }
    if (p.kind == ShiftLeft || p.kind == ShiftRight) {
        text += fmt::format(" by {}", p.amount);
    }
    text += fmt::format(" : {}\n", to_string(p.type));
}

void print_port(std::string& text, std::string_view direction, const Port& port) {
    LineWriter line(text);
    text += fmt::format("{} {} [", direction, quoted_text(port.name));
    for (std::size_t i = 0; i < port.shape.size(); ++i) {
        text += fmt::format("{}{}", i == 0 ? "" : ", ", port.shape[i]);
    }
    text += ']';
    if (port.scale != Dyadic(1)) {
        text += " scale " + format_as(port.scale);
    }
    if (!port.offset.is_zero()) {
        text += " offset " + format_as(port.offset);
    }
    text += " = {";
    for (std::size_t i = 0; i < port.wires.size();) {
        std::size_t end = i + 1;
        while (end < port.wires.size() && port.wires[end].index == port.wires[end - 1].index + 1) {
            ++end;
        }
        const std::string first = fmt::format("%{}", port.wires[i].index);
        if (end - i > 2) {
            line.word(fmt::format("{} to %{}", first, port.wires[end - 1].index));
        } else {
            line.word(first);
            end = i + 1;
        }
        i = end;
    }
    text += " }\n";
}

}  // namespace

std::string print(const Circuit& circuit) {
    std::string text = "lutra circuit 1\n";
    for (std::size_t i = 0; i < circuit.tables().size(); ++i) {
        print_table(text, i, circuit.tables()[i]);
    }
    std::string_view origin;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        if (circuit.origin(wire) != origin) {
            origin = circuit.origin(wire);
            text += fmt::format("layer {}\n", quoted_text(origin));
        }
        print_primitive(text, circuit, wire);
    }
    for (const Port& port : circuit.inputs()) {
        print_port(text, "input", port);
    }
    for (const Port& port : circuit.outputs()) {
        print_port(text, "output", port);
    }
    return text;
}

}  // namespace lutra
