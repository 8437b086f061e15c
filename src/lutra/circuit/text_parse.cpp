// parse_circuit: the way back from the text form.

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "lutra/base/text_scanner.h"
#include "lutra/circuit/text.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// The statement that a primitive is made of, before it is checked.
struct ParsedPrimitive {
    PrimitiveKind kind = Constant;
    FixedPointType type;
    std::vector<Wire> operands;
    std::vector<Integer> integers;
    std::uint32_t amount = 0;
};

class CircuitParser {
public:
    CircuitParser(std::string_view text, std::string_view file_name, const CircuitTextLimits& limits) : scanner_(text, file_name), limits_(limits) {}

    Result<Circuit> parse();

private:
    Result<void> parse_statement();
    Result<void> parse_layer();
    Result<void> parse_table();
    Result<void> parse_primitive();
    Result<void> parse_operands(ParsedPrimitive& parsed);
    Result<void> parse_sum(ParsedPrimitive& parsed);
    Result<void> parse_input_interval(ParsedPrimitive& parsed);
    Result<void> append(const ParsedPrimitive& parsed, const Token& place);
    Result<void> parse_port(bool is_input);
    Result<std::vector<std::int64_t>> parse_shape();
    Result<Dyadic> parse_dyadic(std::string_view what);
    Result<std::vector<Wire>> parse_port_wires(bool is_input);
    Result<void> claim_input(Wire wire, const Token& place);
    Result<FixedPointType> parse_type();
    Result<Integer> parse_integer(std::string_view what);
    Result<Wire> parse_wire();
    Result<std::uint32_t> parse_index(std::string_view text, const Token& place);

    std::unexpected<Diagnostic> invalid(const Token& place, std::string message) const {
        return fail(DiagnosticId::TextInvalidCircuit, scanner_.place(place), std::move(message));
    }
    std::unexpected<Diagnostic> too_large(std::string_view what, std::uint64_t limit) const {
        return fail(DiagnosticId::TextTooDeep, scanner_.place(), fmt::format("too many {}: the limit is {}", what, limit));
    }

    TextScanner scanner_;
    CircuitTextLimits limits_;
    Circuit circuit_;
    std::vector<bool> is_in_port_;  ///< per wire: an Input that a port has claimed
    std::uint64_t num_table_entries_ = 0;
    std::uint64_t num_port_elements_ = 0;
    std::uint64_t num_scanned_entries_ = 0;
};

Result<Circuit> CircuitParser::parse() {
    for (const std::string_view word : {"lutra", "circuit"}) {
        if (auto done = scanner_.expect(word); !done) {
            return std::unexpected(std::move(done).error());
        }
    }
    if (auto version = scanner_.expect_integer("the version of the text form", 1, 1); !version) {
        return std::unexpected(std::move(version).error());
    }
    while (!scanner_.at_end()) {
        if (auto done = parse_statement(); !done) {
            return std::unexpected(std::move(done).error());
        }
    }
    is_in_port_.resize(circuit_.size());
    for (Wire wire; wire.index < circuit_.size(); ++wire.index) {
        if (circuit_[wire].kind == Input && !is_in_port_[wire.index]) {
            return invalid(scanner_.peek(), fmt::format("the input %{} is in no port", wire.index));
        }
    }
    return std::move(circuit_);
}

Result<void> CircuitParser::parse_statement() {
    if (scanner_.peek().kind == TokenKind::Value) {
        return parse_primitive();
    }
    if (scanner_.accept("layer")) {
        return parse_layer();
    }
    if (scanner_.accept("table")) {
        return parse_table();
    }
    if (scanner_.is_next("input") || scanner_.is_next("output")) {
        return parse_port(scanner_.take().text == "input");
    }
    return scanner_.unexpected_token("a primitive (%N = ...), layer, table, input or output");
}

Result<void> CircuitParser::parse_layer() {
    LUTRA_TRY(const std::string name, scanner_.expect_string("the name of a layer"));
    circuit_.set_origin(name);
    return {};
}

Result<Integer> CircuitParser::parse_integer(std::string_view what) {
    const Token place = scanner_.peek();
    LUTRA_TRY(const std::string_view text, scanner_.expect_number(what));
    const auto value = Integer::parse(text);
    if (!value) {
        return fail(DiagnosticId::TextSyntax, scanner_.place(place), fmt::format("{} must be a whole number", what));
    }
    return *value;
}

Result<std::uint32_t> CircuitParser::parse_index(std::string_view text, const Token& place) {
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(DiagnosticId::TextSyntax, scanner_.place(place), "wires and tables are named by their numbers: %0, @0");
    }
    return index;
}

Result<Wire> CircuitParser::parse_wire() {
    const Token place = scanner_.peek();
    LUTRA_TRY(const std::string_view text, scanner_.expect_value("a wire (%N)"));
    LUTRA_TRY(const std::uint32_t index, parse_index(text, place));
    if (index >= circuit_.size()) {
        return fail(DiagnosticId::TextUnknownName, scanner_.place(place), fmt::format("wire %{} is not defined before it is used", index));
    }
    return Wire{index};
}

Result<void> CircuitParser::parse_table() {
    const Token place = scanner_.peek();
    LUTRA_TRY(const std::string_view text, scanner_.expect_symbol("the number of the table (@N)"));
    LUTRA_TRY(const std::uint32_t number, parse_index(text, place));
    if (number != circuit_.tables().size()) {
        return invalid(place, fmt::format("tables are numbered in their order: expected @{}, found @{}", circuit_.tables().size(), number));
    }
    LookupTable table;
    if (scanner_.accept("first")) {
        LUTRA_TRY(table.first, parse_integer("the first operand of the table"));
    }
    if (auto done = scanner_.expect("{"); !done) {
        return done;
    }
    while (!scanner_.accept("}")) {
        if (++num_table_entries_ > limits_.num_table_entries) {
            return too_large("table entries", limits_.num_table_entries);
        }
        LUTRA_TRY(Integer entry, parse_integer("a table entry or '}'"));
        table.entries.push_back(std::move(entry));
    }
    if (circuit_.add_table(std::move(table)) != number) {
        return invalid(place, fmt::format("table @{} equals an earlier table, which it must share", number));
    }
    return {};
}

Result<FixedPointType> CircuitParser::parse_type() {
    const Token place = scanner_.peek();
    LUTRA_TRY(const std::string_view name, scanner_.expect_identifier("a type, fixed<W,I> or ufixed<W,I>"));
    if (name != "fixed" && name != "ufixed") {
        return fail(DiagnosticId::TextSyntax, scanner_.place(place), "a type is fixed<W,I> or ufixed<W,I>");
    }
    constexpr int largest = max_width + max_fraction;
    std::array<std::int64_t, 2> numbers{};
    for (std::size_t i = 0; i < 2; ++i) {
        if (auto done = scanner_.expect(i == 0 ? "<" : ","); !done) {
            return std::unexpected(std::move(done).error());
        }
        LUTRA_TRY(numbers[i], scanner_.expect_integer(i == 0 ? "the width" : "the integer width", -largest, largest));
    }
    if (auto done = scanner_.expect(">"); !done) {
        return std::unexpected(std::move(done).error());
    }
    const auto width = static_cast<int>(numbers[0]);
    return FixedPointType{.is_signed = name == "fixed", .width = width, .fraction = width - static_cast<int>(numbers[1])};
}

Result<void> CircuitParser::parse_primitive() {
    const Token place = scanner_.peek();
    LUTRA_TRY(const std::uint32_t index, parse_index(scanner_.take().text, place));
    if (index != circuit_.size()) {
        return invalid(place, fmt::format("wires are numbered in their order: expected %{}, found %{}", circuit_.size(), index));
    }
    if (index >= limits_.num_primitives) {
        return too_large("primitives", limits_.num_primitives);
    }
    if (auto done = scanner_.expect("="); !done) {
        return done;
    }
    const Token kind_place = scanner_.peek();
    LUTRA_TRY(const std::string_view name, scanner_.expect_identifier("the kind of the primitive"));
    const auto kind = parse_primitive_kind(name);
    if (!kind) {
        return fail(DiagnosticId::TextUnknownName, scanner_.place(kind_place), fmt::format("there is no primitive '{}'", name.substr(0, 40)));
    }
    ParsedPrimitive parsed{.kind = *kind, .type = {}, .operands = {}, .integers = {}, .amount = 0};
    if (auto done = parse_operands(parsed); !done) {
        return done;
    }
    if (auto done = scanner_.expect(":"); !done) {
        return done;
    }
    LUTRA_TRY(parsed.type, parse_type());
    return append(parsed, place);
}

Result<void> CircuitParser::parse_operands(ParsedPrimitive& parsed) {
    switch (parsed.kind) {
        case Sum: return parse_sum(parsed);
        case Input: return parse_input_interval(parsed);
        case Constant: {
            LUTRA_TRY(Integer value, parse_integer("the value of the constant"));
            parsed.integers.push_back(std::move(value));
            return {};
        }
        case Table: {
            const Token place = scanner_.peek();
            LUTRA_TRY(const std::string_view text, scanner_.expect_symbol("a table (@N)"));
            LUTRA_TRY(parsed.amount, parse_index(text, place));
            break;
        }
        case Wrap:
        case MovePoint:
        case ShiftLeft:
        case ShiftRight:
        case Add:
        case Subtract:
        case Negate:
        case Multiply:
        case Not:
        case And:
        case Or:
        case Xor:
        case Equal:
        case Less:
        case Mux:
        case Min:
        case Max:
        case Concat:
        case Register: break;
    }
    while (scanner_.peek().kind == TokenKind::Value) {
        LUTRA_TRY(const Wire wire, parse_wire());
        parsed.operands.push_back(wire);
    }
    if (parsed.kind == ShiftLeft || parsed.kind == ShiftRight) {
        if (auto done = scanner_.expect("by"); !done) {
            return done;
        }
        LUTRA_TRY(const std::int64_t amount, scanner_.expect_integer("the amount of the shift", 0, 2 * max_fraction));
        parsed.amount = static_cast<std::uint32_t>(amount);
    }
    return {};
}

Result<void> CircuitParser::parse_sum(ParsedPrimitive& parsed) {
    Integer constant = 0;
    do {
        if (scanner_.peek().kind == TokenKind::Number) {
            LUTRA_TRY(constant, parse_integer("the constant of the sum"));
            break;  // the constant is last
        }
        LUTRA_TRY(const Wire wire, parse_wire());
        Integer coefficient = 1;
        if (scanner_.accept("*")) {
            LUTRA_TRY(coefficient, parse_integer("a coefficient"));
        }
        parsed.operands.push_back(wire);
        parsed.integers.push_back(std::move(coefficient));
    } while (scanner_.accept("+"));
    parsed.integers.push_back(std::move(constant));
    return {};
}

Result<void> CircuitParser::parse_input_interval(ParsedPrimitive& parsed) {
    if (!scanner_.accept("[")) {
        return {};
    }
    LUTRA_TRY(Integer low, parse_integer("the lowest value of the input"));
    if (auto done = scanner_.expect(","); !done) {
        return done;
    }
    LUTRA_TRY(Integer high, parse_integer("the highest value of the input"));
    parsed.integers = {std::move(low), std::move(high)};
    return scanner_.expect("]");
}

Result<void> CircuitParser::append(const ParsedPrimitive& parsed, const Token& place) {
    const PrimitiveSpec spec{.kind = parsed.kind, .type = parsed.type, .operands = parsed.operands, .integers = parsed.integers, .amount = parsed.amount};
    if (const auto broken = circuit_.broken_rule(spec)) {
        return invalid(place, fmt::format("%{} = {}: {}", circuit_.size(), to_string(parsed.kind), *broken));
    }
    if (parsed.kind == Table) {
        const Interval& domain = circuit_.interval(parsed.operands[0]);
        num_scanned_entries_ += static_cast<std::uint64_t>((domain.high - domain.low).to_int64()) + 1;
        if (num_scanned_entries_ > limits_.num_scanned_entries) {
            return too_large("table entries used by primitives", limits_.num_scanned_entries);
        }
    }
    circuit_.append(spec);
    return {};
}

Result<std::vector<std::int64_t>> CircuitParser::parse_shape() {
    if (auto done = scanner_.expect("["); !done) {
        return std::unexpected(std::move(done).error());
    }
    constexpr std::size_t max_rank = 32;
    std::vector<std::int64_t> shape;
    while (!scanner_.accept("]")) {
        if (!shape.empty()) {
            if (auto done = scanner_.expect(","); !done) {
                return std::unexpected(std::move(done).error());
            }
        }
        if (shape.size() == max_rank) {
            return too_large("dimensions", max_rank);
        }
        LUTRA_TRY(const std::int64_t size, scanner_.expect_integer("a dimension", 0, std::int64_t{1} << 31));
        shape.push_back(size);
    }
    return shape;
}

Result<Dyadic> CircuitParser::parse_dyadic(std::string_view what) {
    constexpr int largest_exponent = 1 << 14;
    LUTRA_TRY(Integer mantissa, parse_integer(what));
    if (auto done = scanner_.expect("*"); !done) {
        return std::unexpected(std::move(done).error());
    }
    LUTRA_TRY([[maybe_unused]] const auto base, scanner_.expect_integer("the base", 2, 2));
    if (auto done = scanner_.expect("^"); !done) {
        return std::unexpected(std::move(done).error());
    }
    LUTRA_TRY(const std::int64_t exponent, scanner_.expect_integer("the exponent", -largest_exponent, largest_exponent));
    return Dyadic(std::move(mantissa), static_cast<int>(exponent));
}

Result<void> CircuitParser::claim_input(Wire wire, const Token& place) {
    is_in_port_.resize(circuit_.size());
    if (circuit_[wire].kind != Input || is_in_port_[wire.index]) {
        return invalid(place, fmt::format("%{} is not an input, or is in a port already", wire.index));
    }
    is_in_port_[wire.index] = true;
    return {};
}

Result<std::vector<Wire>> CircuitParser::parse_port_wires(bool is_input) {
    if (auto done = scanner_.expect("{"); !done) {
        return std::unexpected(std::move(done).error());
    }
    std::vector<Wire> wires;
    while (!scanner_.accept("}")) {
        const Token place = scanner_.peek();
        LUTRA_TRY(const Wire first, parse_wire());
        Wire last = first;
        if (scanner_.accept("to")) {
            LUTRA_TRY(last, parse_wire());
        }
        if (last < first) {
            return invalid(place, fmt::format("%{} to %{} runs backwards", first.index, last.index));
        }
        num_port_elements_ += last.index - first.index + 1;
        if (num_port_elements_ > limits_.num_port_elements) {
            return too_large("port elements", limits_.num_port_elements);
        }
        for (Wire wire = first; wire <= last; ++wire.index) {
            if (is_input) {
                if (auto done = claim_input(wire, place); !done) {
                    return std::unexpected(std::move(done).error());
                }
            }
            wires.push_back(wire);
        }
    }
    return wires;
}

Result<void> CircuitParser::parse_port(bool is_input) {
    const Token place = scanner_.peek();
    Port port;
    LUTRA_TRY(port.name, scanner_.expect_string("the name of the port"));
    LUTRA_TRY(port.shape, parse_shape());
    if (scanner_.accept("scale")) {
        LUTRA_TRY(port.scale, parse_dyadic("the scale (M*2^E)"));
    }
    if (scanner_.accept("offset")) {
        LUTRA_TRY(port.offset, parse_dyadic("the offset (M*2^E)"));
    }
    if (auto done = scanner_.expect("="); !done) {
        return done;
    }
    LUTRA_TRY(port.wires, parse_port_wires(is_input));
    std::uint64_t num_elements = 1;
    for (const std::int64_t size : port.shape) {
        num_elements = std::min<std::uint64_t>(num_elements * static_cast<std::uint64_t>(size), std::uint64_t{1} << 32);
    }
    if (num_elements != port.wires.size()) {
        return invalid(place, fmt::format("the port has {} wires, which is not what its shape says", port.wires.size()));
    }
    if (is_input) {
        circuit_.add_input(std::move(port));
    } else {
        circuit_.add_output(std::move(port));
    }
    return {};
}

}  // namespace

Result<Circuit> parse_circuit(std::string_view text, std::string_view file_name, const CircuitTextLimits& limits) {
    return CircuitParser(text, file_name, limits).parse();
}

}  // namespace lutra
