#pragma once

/// The element types of ONNX tensors that have an exact meaning here.

#include <cstdint>
#include <optional>
#include <string_view>

namespace lutra::onnx {

enum class ElementType {
    Float32,
    Float64,
    Float16,
    BFloat16,
    Bool,
    Int2,
    UInt2,
    Int4,
    UInt4,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    String
};

/// The type of an ONNX type code; nothing for complex numbers and the 8-bit and 4-bit floats.
std::optional<ElementType> element_type_of(int code);
/// The code of a type in ONNX files.
int type_code_of(ElementType type);
/// ONNX's name of a type code, such as "FLOAT8E4M3FN"; "type 99" has none and is given as "unknown".
std::string_view name_of_type_code(int code);
std::string_view to_string(ElementType type);

bool is_real(ElementType type);
/// Bits of one element in raw data, which strings do not have.
int storage_bits(ElementType type);

/// The range of an integer type; UInt64 ends at 2^63 - 1.
struct IntegerRange {
    std::int64_t low;
    std::int64_t high;
};
IntegerRange integer_range(ElementType type);

/// The number of a real type that is nearest to x, ties to even; infinite when x is out of range. +, -, *, / and sqrt of numbers of a
/// type narrower than Float64, computed in double and rounded so, are what IEEE 754 arithmetic in that type gives (S. A. Figueroa,
/// "When is double rounding innocuous?", 1995).
double round_to(ElementType type, double x);

/// The type of an arithmetic result by numpy's rules: the wider float; a float of more bits than 32-bit integers hold exactly.
ElementType promoted(ElementType a, ElementType b);

}  // namespace lutra::onnx
