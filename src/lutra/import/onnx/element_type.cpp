#include "lutra/import/onnx/element_type.h"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "lutra/base/assert.h"

namespace lutra::onnx {

namespace {

/// Names by type code, as the format numbers them.
constexpr std::array<std::string_view, 27> type_names = {
    "UNDEFINED",      "FLOAT",      "UINT8",          "INT8",   "UINT16", "INT16",      "INT32",      "INT64",    "STRING",
    "BOOL",           "FLOAT16",    "DOUBLE",         "UINT32", "UINT64", "COMPLEX64",  "COMPLEX128", "BFLOAT16", "FLOAT8E4M3FN",
    "FLOAT8E4M3FNUZ", "FLOAT8E5M2", "FLOAT8E5M2FNUZ", "UINT4",  "INT4",   "FLOAT4E2M1", "FLOAT8E8M0", "UINT2",    "INT2"};

/// x rounded to a binary float with this many significand bits and this smallest normal exponent.
double round_to_significand(double x, int significand_bits, int smallest_exponent, double largest) {
    if (x == 0 || !std::isfinite(x)) {
        return x;
    }
    const int exponent = std::max(std::ilogb(x), smallest_exponent);
    const double rounded = std::ldexp(std::nearbyint(std::ldexp(x, significand_bits - 1 - exponent)), exponent - significand_bits + 1);
    return std::abs(rounded) > largest ? std::copysign(std::numeric_limits<double>::infinity(), x) : rounded;
}

}  // namespace

std::optional<ElementType> element_type_of(int code) {
    switch (code) {
        case 1: return ElementType::Float32;
        case 2: return ElementType::UInt8;
        case 3: return ElementType::Int8;
        case 4: return ElementType::UInt16;
        case 5: return ElementType::Int16;
        case 6: return ElementType::Int32;
        case 7: return ElementType::Int64;
        case 8: return ElementType::String;
        case 9: return ElementType::Bool;
        case 10: return ElementType::Float16;
        case 11: return ElementType::Float64;
        case 12: return ElementType::UInt32;
        case 13: return ElementType::UInt64;
        case 16: return ElementType::BFloat16;
        case 21: return ElementType::UInt4;
        case 22: return ElementType::Int4;
        case 25: return ElementType::UInt2;
        case 26: return ElementType::Int2;
        default: return std::nullopt;
    }
}

std::string_view name_of_type_code(int code) {
    return code >= 0 && code < static_cast<int>(type_names.size()) ? type_names[static_cast<std::size_t>(code)] : "unknown";
}

int type_code_of(ElementType type) {
    int code = 0;
    while (element_type_of(code) != type) {
        ++code;
    }
    return code;
}

std::string_view to_string(ElementType type) { return name_of_type_code(type_code_of(type)); }

bool is_real(ElementType type) {
    return type == ElementType::Float32 || type == ElementType::Float64 || type == ElementType::Float16 || type == ElementType::BFloat16;
}

int storage_bits(ElementType type) {
    switch (type) {
        case ElementType::Int2:
        case ElementType::UInt2: return 2;
        case ElementType::Int4:
        case ElementType::UInt4: return 4;
        case ElementType::Bool:
        case ElementType::Int8:
        case ElementType::UInt8: return 8;
        case ElementType::Float16:
        case ElementType::BFloat16:
        case ElementType::Int16:
        case ElementType::UInt16: return 16;
        case ElementType::Float32:
        case ElementType::Int32:
        case ElementType::UInt32: return 32;
        case ElementType::Float64:
        case ElementType::Int64:
        case ElementType::UInt64:
        case ElementType::String: return 64;
    }
    LUTRA_UNREACHABLE("element type");
}

IntegerRange integer_range(ElementType type) {
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    const int bits = storage_bits(type);
    switch (type) {
        case ElementType::Bool: return {0, 1};
        case ElementType::UInt2:
        case ElementType::UInt4:
        case ElementType::UInt8:
        case ElementType::UInt16:
        case ElementType::UInt32: return {0, (std::int64_t{1} << bits) - 1};
        case ElementType::UInt64:
        case ElementType::String: return {0, highest};
        case ElementType::Int2:
        case ElementType::Int4:
        case ElementType::Int8:
        case ElementType::Int16:
        case ElementType::Int32: return {-(std::int64_t{1} << (bits - 1)), (std::int64_t{1} << (bits - 1)) - 1};
        case ElementType::Int64: return {-highest - 1, highest};
        case ElementType::Float32:
        case ElementType::Float64:
        case ElementType::Float16:
        case ElementType::BFloat16: break;
    }
    LUTRA_UNREACHABLE("a real type has no integer range");
}

double round_to(ElementType type, double x) {
    constexpr double largest_float16 = 65504;
    constexpr double largest_bfloat16 = 0x1.fep127;
    if (type == ElementType::Float32) {
        return std::abs(x) > 0x1.ffffffp127 ? std::copysign(std::numeric_limits<double>::infinity(), x) : static_cast<double>(static_cast<float>(x));
    }
    if (type == ElementType::Float16) {
        return round_to_significand(x, 11, -14, largest_float16);
    }
    return type == ElementType::BFloat16 ? round_to_significand(x, 8, -126, largest_bfloat16) : x;
}

ElementType promoted(ElementType a, ElementType b) {
    if (a == b) {
        return a;
    }
    if (!is_real(a)) {
        std::swap(a, b);
    }
    if (is_real(a) && is_real(b)) {
        const bool both_half = storage_bits(a) == 16 && storage_bits(b) == 16;
        return both_half ? ElementType::Float32 : (storage_bits(a) > storage_bits(b) ? a : b);
    }
    if (is_real(a)) {
        return storage_bits(b) >= 32 ? ElementType::Float64 : (storage_bits(a) == 16 ? ElementType::Float32 : a);
    }
    return storage_bits(a) > storage_bits(b) ? a : b;
}

}  // namespace lutra::onnx
