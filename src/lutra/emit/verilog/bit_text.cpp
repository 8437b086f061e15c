#include "lutra/emit/verilog/bit_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra::verilog {

namespace {

/// What stands for a kind in the names of wires.
std::string_view mnemonic(PrimitiveKind kind) {
    using enum PrimitiveKind;
    switch (kind) {
        case Input: return "in";
        case Constant: return "const";
        case Wrap: return "wrap";
        case MovePoint: return "move";
        case ShiftLeft: return "shl";
        case ShiftRight: return "shr";
        case Add: return "add";
        case Subtract: return "sub";
        case Negate: return "neg";
        case Multiply: return "mul";
        case Sum: return "sum";
        case Not: return "not";
        case And: return "and";
        case Or: return "or";
        case Xor: return "xor";
        case Equal: return "eq";
        case Less: return "less";
        case Mux: return "mux";
        case Min: return "min";
        case Max: return "max";
        case Concat: return "cat";
        case Table: return "lut";
        case Register: return "reg";
    }
    LUTRA_UNREACHABLE("primitive kind");
}

}  // namespace

std::string literal(const Integer& value, int width) {
    constexpr int chunk = 64;
    if (width <= chunk) {
        return fmt::format("{}'h{}", width, value.to_hex(width));
    }
    std::string text = "{";
    for (int low = (width - 1) / chunk * chunk; low >= 0; low -= chunk) {
        const int part = std::min(chunk, width - low);
        text += fmt::format("{}'h{}{}", part, (value >> low).to_hex(part), low > 0 ? ", " : "}");
    }
    return text;
}

std::string range_text(std::int64_t width) { return fmt::format("[{}:0]", width - 1); }

void append_wrapped(std::string& text, std::string_view indent, std::string_view statement) {
    constexpr std::size_t longest = 120;
    std::size_t used = indent.size();
    text += indent;
    while (!statement.empty()) {
        const std::size_t end = std::min(statement.find(' '), statement.size());
        if (used + end > longest && used > indent.size() + 4) {
            text.back() = '\n';  // the space before this word
            text += indent;
            text += "    ";
            used = indent.size() + 4;
        }
        text += statement.substr(0, end);
        used += end + 1;
        statement.remove_prefix(std::min(end + 1, statement.size()));
        text += statement.empty() ? '\n' : ' ';
    }
}

BitText::BitText(const Circuit& circuit, const NameTable& reserved) : circuit_(circuit), reserved_(reserved) {
    for (const std::string& origin : circuit.origins()) {
        prefixes_.push_back(sanitized(origin, "net"));
    }
}

std::string BitText::name(Wire wire) const {
    while (circuit_[wire].kind == PrimitiveKind::MovePoint) {
        wire = circuit_.operands(wire)[0];
    }
    const Primitive& p = circuit_[wire];
    std::string result = fmt::format("{}_{}{}", prefixes_[p.origin], mnemonic(p.kind), wire.index);
    while (reserved_.is_taken(result)) {
        result += '_';
    }
    return result;
}

bool BitText::is_literal(Wire wire) const {
    const Primitive& p = circuit_[wire];
    return p.kind != PrimitiveKind::Register && p.kind != PrimitiveKind::Input && p.interval.is_constant();
}

std::string BitText::bits(Wire wire, std::int64_t low, std::int64_t width) const {
    LUTRA_ASSERT(width > 0);
    const FixedPointType& type = circuit_.type(wire);
    if (type.width == 0) {
        return literal(0, static_cast<int>(width));
    }
    if (is_literal(wire)) {
        return literal(circuit_.interval(wire).low >> static_cast<int>(low), static_cast<int>(width));
    }
    const std::string source = name(wire);
    const std::int64_t available = type.width - low;
    if (available >= width) {
        return low == 0 && width == type.width ? source : fmt::format("{}[{}:{}]", source, low + width - 1, low);
    }
    const std::int64_t missing = width - std::max<std::int64_t>(available, 0);
    const std::string sign = fmt::format("{{{}{{{}[{}]}}}}", missing, source, type.width - 1);
    const std::string extension = type.is_signed ? sign : literal(0, static_cast<int>(missing));
    if (available <= 0) {
        return extension;
    }
    return low == 0 ? fmt::format("{{{}, {}}}", extension, source) : fmt::format("{{{}, {}[{}:{}]}}", extension, source, type.width - 1, low);
}

std::string BitText::as_typed(Wire wire) const { return circuit_.type(wire).is_signed ? fmt::format("$signed({})", all(wire)) : all(wire); }

}  // namespace lutra::verilog
