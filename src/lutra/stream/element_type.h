#pragma once

/// Types of the elements of NumPy arrays, and how their bytes become numbers.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// A type of elements that is read.
enum class ElementType { Bool, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Float16, Float32, Float64 };

/// NumPy's name of the type, such as "float32".
std::string_view to_string(ElementType type);

/// Bytes per element: 1, 2, 4 or 8.
std::size_t size_of(ElementType type);

/// True for all but the three float types; true for Bool.
bool is_integer(ElementType type);

/// How elements lie in a file.
struct ElementLayout {
    ElementType type = ElementType::Float64;
    bool is_big_endian = false;

    friend bool operator==(const ElementLayout&, const ElementLayout&) = default;
};

/// Reads NumPy's type text, such as "<f4" or "|b1". Fails with NpyUnsupportedType, `place` being the file.
Result<ElementLayout> parse_element_layout(std::string_view text, std::string_view place);

/// Decodes elements into doubles: exact, but for integers beyond 2^53, which are rounded.
void decode_values(ElementLayout layout, std::span<const char> bytes, std::span<double> values);

/// Decodes elements of an integer type into integers. A value of UInt64 above 2^63 - 1 becomes negative.
void decode_integers(ElementLayout layout, std::span<const char> bytes, std::span<std::int64_t> integers);

/// The value of an IEEE 754 binary16 number.
double half_to_double(std::uint16_t bits);

}  // namespace lutra
