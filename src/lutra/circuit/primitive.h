#pragma once

/// The closed set of bit-exact primitives. Emulator, emitters and prover are one exhaustive switch over it each.
/// docs/design/0001-primitives.md says why each one is here.

#include <cstdint>
#include <optional>
#include <string_view>

#include "lutra/num/interval.h"

namespace lutra {

/// A value in a circuit, named by the primitive that makes it.
struct Wire {
    std::uint32_t index = 0;

    friend bool operator==(const Wire&, const Wire&) = default;
    friend auto operator<=>(const Wire&, const Wire&) = default;
};

/// What a primitive computes. In the formulas T is the result type, r the raw integer of the result, a, b, c the raw integers of the operands,
/// and wrap_T(x) is x modulo 2^T.width, read as T is signed or not. Every primitive is total: it has a result for all operands.
enum class PrimitiveKind : std::uint8_t {
    Input,       ///< a value from outside, of type T
    Constant,    ///< r = wrap_T(constant)
    Wrap,        ///< r = wrap_T(a); same fraction. Extends or drops high bits
    MovePoint,   ///< r = a; same sign and width, another fraction: multiplies the value by a power of two
    ShiftLeft,   ///< r = wrap_T(a * 2^amount); the fraction grows by amount. Appends zeros
    ShiftRight,  ///< r = wrap_T(floor(a / 2^amount)); the fraction shrinks by amount. Drops low bits
    Add,         ///< r = wrap_T(a + b); all of type T
    Subtract,    ///< r = wrap_T(a - b); all of type T
    Negate,      ///< r = wrap_T(-a); all of type T
    Multiply,    ///< r = wrap_T(a * b); a and b both signed or both unsigned; the fractions add up
    Sum,         ///< r = wrap_T(coefficient_0 * a_0 + coefficient_1 * a_1 + ... + constant); coefficients carry the alignment
    Not,         ///< r = wrap_T(-1 - a): all bits inverted; all of type T
    And,         ///< bitwise; all of type T
    Or,          ///< bitwise; all of type T
    Xor,         ///< bitwise; all of type T
    Equal,       ///< r = (a == b); a and b of one type, T is boolean
    Less,        ///< r = (a < b); a and b of one type, T is boolean
    Mux,         ///< r = a ? b : c; a is boolean, b and c of type T
    Min,         ///< r = min(a, b); all of type T
    Max,         ///< r = max(a, b); all of type T
    Concat,      ///< r = the bits of a above the bits of b, read as T; T.width is the sum of the widths
    Table,       ///< r = wrap_T(entries[a - first]); entries cover the interval of a
    Register,    ///< r = a, one clock cycle later; same type
};

/// Number of enumerators of PrimitiveKind.
inline constexpr int num_primitive_kinds = 23;

/// The type of truth values: 0 or 1.
inline constexpr FixedPointType boolean_type{.is_signed = false, .width = 1, .fraction = 0};

/// The name in the text form, such as "shift_left"; and back.
std::string_view to_string(PrimitiveKind kind);
std::optional<PrimitiveKind> parse_primitive_kind(std::string_view name);

/// One primitive. Operands, coefficients and table entries are held by the circuit.
struct Primitive {
    PrimitiveKind kind = PrimitiveKind::Constant;
    FixedPointType type;
    Interval interval;           ///< proved bounds of the raw result
    std::uint32_t operands = 0;  ///< place of the first operand in the circuit's operand list
    std::uint32_t num_operands = 0;
    std::uint32_t integers = 0;  ///< Constant: place of the value; Sum: of its coefficients, then its constant
    std::uint32_t amount = 0;    ///< ShiftLeft, ShiftRight: the amount; Table: the number of the table
    std::uint32_t origin = 0;    ///< number of the origin: which layer this belongs to
};

}  // namespace lutra
