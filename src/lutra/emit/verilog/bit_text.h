#pragma once

/// Bits of wires as Verilog expressions. Everything is an unsigned vector of an explicit width: sign extension is written out, so that no
/// expression relies on Verilog's rules of context.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/emit/verilog/identifiers.h"

namespace lutra::verilog {

/// A sized literal of the lowest `width` bits, width > 0; beyond 64 bits a concatenation of such.
std::string literal(const Integer& value, int width);

/// The range of a vector of `width` bits: "[7:0]" for 8.
std::string range_text(std::int64_t width);

/// Appends a statement and breaks it at spaces into lines of at most 120 characters where its words allow that.
void append_wrapped(std::string& text, std::string_view indent, std::string_view statement);

/// Names the wires of one circuit and writes their bits.
class BitText {
public:
    /// Wire names avoid those of `reserved`.
    BitText(const Circuit& circuit, const NameTable& reserved);

    /// The identifier of a wire: layer, kind and number, such as fc1_sum12. A MovePoint has the name of its operand.
    std::string name(Wire wire) const;
    /// True for wires that are written as literals: proved constant, and not a border or a register.
    bool is_literal(Wire wire) const;
    /// Bits [low, low + width) of the raw value's infinite two's complement, width > 0, as an expression of exactly that width.
    std::string bits(Wire wire, std::int64_t low, std::int64_t width) const;
    /// All bits of a wire that has some.
    std::string all(Wire wire) const { return bits(wire, 0, circuit_.type(wire).width); }
    /// All bits, read as the wire's type says: for comparisons and products.
    std::string as_typed(Wire wire) const;

private:
    const Circuit& circuit_;
    const NameTable& reserved_;
    std::vector<std::string> prefixes_;  ///< per origin
};

}  // namespace lutra::verilog
