#include "lutra/stream/element_type.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace lutra {

namespace {

using enum ElementType;

/// What is known of one type.
struct TypeRow {
    ElementType type;
    std::string_view name;
    std::string_view code;  ///< NumPy's kind and size
    std::size_t size;
};

constexpr std::array type_table = {
    TypeRow{Bool, "bool", "b1", 1},     TypeRow{Int8, "int8", "i1", 1},       TypeRow{Int16, "int16", "i2", 2},     TypeRow{Int32, "int32", "i4", 4},
    TypeRow{Int64, "int64", "i8", 8},   TypeRow{UInt8, "uint8", "u1", 1},     TypeRow{UInt16, "uint16", "u2", 2},   TypeRow{UInt32, "uint32", "u4", 4},
    TypeRow{UInt64, "uint64", "u8", 8}, TypeRow{Float16, "float16", "f2", 2}, TypeRow{Float32, "float32", "f4", 4}, TypeRow{Float64, "float64", "f8", 8},
};

const TypeRow& row_of(ElementType type) { return type_table.at(static_cast<std::size_t>(type)); }

/// Calls `store(index, value)` for each element, read as the unsigned integer type Bits.
template <typename Bits, typename Store>
void for_each_bits(bool is_big_endian, std::span<const char> bytes, std::size_t count, const Store& store) {
    for (std::size_t i = 0; i < count; ++i) {
        Bits bits{};
        std::memcpy(&bits, bytes.data() + i * sizeof(Bits), sizeof(Bits));
        if (is_big_endian) {
            bits = std::byteswap(bits);
        }
        store(i, bits);
    }
}

/// Decodes integers into any number type.
template <typename Number>
void decode_any_integer(ElementLayout layout, std::span<const char> bytes, std::span<Number> to) {
    const bool big = layout.is_big_endian;
    const auto as = [&]<typename Element, typename Bits>(Element, Bits) {
        for_each_bits<Bits>(big, bytes, to.size(), [&](std::size_t i, Bits bits) { to[i] = static_cast<Number>(static_cast<Element>(bits)); });
    };
    switch (layout.type) {
        case Bool: return for_each_bits<std::uint8_t>(big, bytes, to.size(), [&](std::size_t i, std::uint8_t b) { to[i] = b != 0 ? 1 : 0; });
        case Int8: return as(std::int8_t{}, std::uint8_t{});
        case Int16: return as(std::int16_t{}, std::uint16_t{});
        case Int32: return as(std::int32_t{}, std::uint32_t{});
        case Int64: return as(std::int64_t{}, std::uint64_t{});
        case UInt8: return as(std::uint8_t{}, std::uint8_t{});
        case UInt16: return as(std::uint16_t{}, std::uint16_t{});
        case UInt32: return as(std::uint32_t{}, std::uint32_t{});
        case UInt64: return as(std::uint64_t{}, std::uint64_t{});
        case Float16:
        case Float32:
        case Float64: break;
    }
    LUTRA_UNREACHABLE("integers of a float type");
}

}  // namespace

std::string_view to_string(ElementType type) { return row_of(type).name; }

std::size_t size_of(ElementType type) { return row_of(type).size; }

bool is_integer(ElementType type) { return type != Float16 && type != Float32 && type != Float64; }

Result<ElementLayout> parse_element_layout(std::string_view text, std::string_view place) {
    for (const TypeRow& row : type_table) {
        if (text.size() == 3 && text.substr(1) == row.code) {
            const char order = text[0];
            if (order == '<' || order == '>' || (order == '|' && row.size == 1)) {
                return ElementLayout{.type = row.type, .is_big_endian = order == '>'};
            }
        }
    }
    return fail(DiagnosticId::NpyUnsupportedType, std::string(place),
                fmt::format("elements have the type '{}'; floats of 16, 32 and 64 bits, integers of 8 to 64 bits and bool are read", text.substr(0, 40)),
                "convert the array, such as with x.astype('float32')");
}

void decode_values(ElementLayout layout, std::span<const char> bytes, std::span<double> values) {
    LUTRA_ASSERT(bytes.size() == values.size() * size_of(layout.type));
    if (is_integer(layout.type)) {
        return decode_any_integer(layout, bytes, values);
    }
    const bool big = layout.is_big_endian;
    if (layout.type == Float16) {
        for_each_bits<std::uint16_t>(big, bytes, values.size(), [&](std::size_t i, std::uint16_t bits) { values[i] = half_to_double(bits); });
    } else if (layout.type == Float32) {
        for_each_bits<std::uint32_t>(big, bytes, values.size(),
                                     [&](std::size_t i, std::uint32_t bits) { values[i] = static_cast<double>(std::bit_cast<float>(bits)); });
    } else {
        for_each_bits<std::uint64_t>(big, bytes, values.size(), [&](std::size_t i, std::uint64_t bits) { values[i] = std::bit_cast<double>(bits); });
    }
}

void decode_integers(ElementLayout layout, std::span<const char> bytes, std::span<std::int64_t> integers) {
    LUTRA_ASSERT(is_integer(layout.type) && bytes.size() == integers.size() * size_of(layout.type));
    decode_any_integer(layout, bytes, integers);
}

double half_to_double(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 0x1f;
    const int mantissa = bits & 0x3ff;
    const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
    constexpr int largest_exponent = 31;
    if (exponent == largest_exponent) {
        return mantissa == 0 ? sign * std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    }
    return exponent == 0 ? sign * std::ldexp(mantissa, -24) : sign * std::ldexp(mantissa + 1024, exponent - 25);
}

}  // namespace lutra
