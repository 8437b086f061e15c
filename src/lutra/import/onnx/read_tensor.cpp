#include "lutra/import/onnx/read_tensor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "onnx.pb.h"

namespace lutra::onnx {

namespace {

std::unexpected<Diagnostic> invalid(const std::string& place, std::string message, std::string advice = "export the model again") {
    return fail(DiagnosticId::OnnxInvalidTensor, place, std::move(message), std::move(advice));
}

/// The number of a binary float of 16 bits with this many exponent bits.
double decode_half(std::uint32_t bits, int exponent_bits) {
    const int fraction_bits = 15 - exponent_bits;
    const int bias = (1 << (exponent_bits - 1)) - 1;
    const int exponent = static_cast<int>(bits >> fraction_bits) & ((1 << exponent_bits) - 1);
    const double fraction = static_cast<double>(bits & ((1U << fraction_bits) - 1U));
    const double sign = (bits & 0x8000U) != 0 ? -1.0 : 1.0;
    if (exponent == (1 << exponent_bits) - 1) {
        return fraction == 0 ? sign * HUGE_VAL : std::nan("");
    }
    return exponent == 0 ? sign * std::ldexp(fraction, 1 - bias - fraction_bits)
                         : sign * std::ldexp(fraction + std::ldexp(1.0, fraction_bits), exponent - bias - fraction_bits);
}

double decode_real(std::uint64_t bits, ElementType type) {
    switch (type) {
        case ElementType::Float16: return decode_half(static_cast<std::uint32_t>(bits), 5);
        case ElementType::BFloat16: return decode_half(static_cast<std::uint32_t>(bits), 8);
        case ElementType::Float32: return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        default: return std::bit_cast<double>(bits);
    }
}

/// An element from its bits; two's complement where the type is signed.
std::int64_t decode_integer(std::uint64_t bits, ElementType type) {
    const IntegerRange range = integer_range(type);
    const int width = storage_bits(type);
    if (type == ElementType::Bool) {
        return bits != 0 ? 1 : 0;
    }
    if (range.low < 0 && width < 64 && (bits >> (width - 1) & 1U) != 0) {
        bits |= ~std::uint64_t{0} << width;
    }
    return static_cast<std::int64_t>(bits);
}

/// Little-endian bits of element i of raw data; elements of less than a byte are packed from the low end.
std::uint64_t raw_bits(std::string_view raw, std::size_t i, int width) {
    if (width < 8) {
        const auto per_byte = static_cast<std::size_t>(8 / width);
        const auto byte = static_cast<unsigned char>(raw[i / per_byte]);
        return byte >> (i % per_byte * static_cast<unsigned>(width)) & ((1U << width) - 1U);
    }
    const auto num_bytes = static_cast<std::size_t>(width / 8);
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < num_bytes; ++k) {
        bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(raw[i * num_bytes + k])) << (8 * k);
    }
    return bits;
}

/// Sets an element, or says why it cannot be one.
Result<void> set_element(Tensor& tensor, std::size_t i, std::uint64_t bits, const std::string& place) {
    if (tensor.is_real()) {
        tensor.reals[i] = decode_real(bits, tensor.type);
        if (!std::isfinite(tensor.reals[i])) {
            return invalid(place, fmt::format("element {} is not finite: {}", i, name_of_infinity(tensor.reals[i])),
                           "train again or remove the value; exact numbers cannot hold it");
        }
        return {};
    }
    if (tensor.type == ElementType::UInt64 && (bits >> 63U) != 0) {
        return invalid(place, fmt::format("element {} is 2^63 or more: {}", i, bits), "such integers are not supported");
    }
    tensor.integers[i] = decode_integer(bits, tensor.type);
    return {};
}

/// How many entries the typed field holds, and entry i as the bits of the element.
struct TypedField {
    int size;
    std::uint64_t (*bits)(const onnx_file::Tensor&, int);
};

TypedField typed_field(const onnx_file::Tensor& source, ElementType type) {
    switch (type) {
        case ElementType::Float32:
            return {source.float_data_size(), [](const onnx_file::Tensor& t, int i) { return std::uint64_t{std::bit_cast<std::uint32_t>(t.float_data(i))}; }};
        case ElementType::Float64:
            return {source.double_data_size(), [](const onnx_file::Tensor& t, int i) { return std::bit_cast<std::uint64_t>(t.double_data(i)); }};
        case ElementType::Int64:
            return {source.int64_data_size(), [](const onnx_file::Tensor& t, int i) { return static_cast<std::uint64_t>(t.int64_data(i)); }};
        case ElementType::UInt32:
        case ElementType::UInt64: return {source.uint64_data_size(), [](const onnx_file::Tensor& t, int i) { return std::uint64_t{t.uint64_data(i)}; }};
        default:
            return {source.int32_data_size(), [](const onnx_file::Tensor& t, int i) { return std::uint64_t{static_cast<std::uint32_t>(t.int32_data(i))}; }};
    }
}

std::string_view typed_field_name(ElementType type) {
    switch (type) {
        case ElementType::Float32: return "float_data";
        case ElementType::Float64: return "double_data";
        case ElementType::Int64: return "int64_data";
        case ElementType::UInt32:
        case ElementType::UInt64: return "uint64_data";
        default: return "int32_data";
    }
}

Result<Tensor> decode_typed(const onnx_file::Tensor& source, Tensor tensor, const std::string& place) {
    const TypedField field = typed_field(source, tensor.type);
    const int width = storage_bits(tensor.type);
    const std::size_t per_entry = width < 8 ? static_cast<std::size_t>(8 / width) : 1;
    const std::size_t wanted = (tensor.size() + per_entry - 1) / per_entry;
    if (static_cast<std::size_t>(field.size) != wanted) {
        return invalid(place, fmt::format("the shape {} of {} needs {} entries of {}, there are {}", to_string(tensor.shape), to_string(tensor.type), wanted,
                                          typed_field_name(tensor.type), field.size));
    }
    const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        const std::uint64_t entry = field.bits(source, static_cast<int>(i / per_entry));
        const std::uint64_t bits = entry >> (i % per_entry * static_cast<unsigned>(width)) & mask;
        if (auto set = set_element(tensor, i, bits, place); !set) {
            return std::unexpected(std::move(set).error());
        }
    }
    return tensor;
}

ExternalPlace external_place(const onnx_file::Tensor& source) {
    ExternalPlace place;
    for (const onnx_file::StringEntry& entry : source.external_data()) {
        if (entry.key() == "location") {
            place.location = entry.value();
        } else if (entry.key() == "offset") {
            place.offset = entry.value();
        } else if (entry.key() == "length") {
            place.length = entry.value();
        }
    }
    return place;
}

}  // namespace

Result<Tensor> decode_elements(std::string_view raw, ElementType type, const Shape& shape, const std::string& place) {
    Tensor tensor = make_tensor(type, shape);
    for (std::size_t i = 0; i < tensor.size(); ++i) {
        if (auto set = set_element(tensor, i, raw_bits(raw, i, storage_bits(type)), place); !set) {
            return std::unexpected(std::move(set).error());
        }
    }
    return tensor;
}

/// A tensor of strings: the names of classes.
Result<Tensor> read_strings(const onnx_file::Tensor& source, const Shape& shape, std::int64_t count, const std::string& place, ConstantBudget& budget) {
    if (source.string_data_size() != count) {
        return invalid(place,
                       fmt::format("the shape {} of STRING needs {} entries of string_data, there are {}", to_string(shape), count, source.string_data_size()));
    }
    if (!budget.take_stored(count)) {
        return invalid(place, fmt::format("the constants of the model have too many elements: {} more", count),
                       "raise the limit if the model is meant to be so large");
    }
    Tensor tensor = make_tensor(ElementType::String, shape);
    std::iota(tensor.integers.begin(), tensor.integers.end(), 0);
    tensor.names.assign(source.string_data().begin(), source.string_data().end());
    return tensor;
}

Result<Tensor> read_tensor(const onnx_file::Tensor& source, const std::string& place, ExternalData& external, ConstantBudget& budget) {
    const auto type = element_type_of(source.data_type());
    if (!type) {
        return fail(DiagnosticId::OnnxUnsupportedType, place,
                    fmt::format("elements of type {} ({}) are not supported", name_of_type_code(source.data_type()), source.data_type()),
                    "export with float32 weights, or with integers and scales (QONNX or QCDQ)");
    }
    if (static_cast<std::size_t>(source.dims_size()) > max_rank) {
        return invalid(place, fmt::format("it has {} axes; at most {} are supported", source.dims_size(), max_rank));
    }
    const Shape shape(source.dims().begin(), source.dims().end());
    const auto count = checked_num_elements(shape);
    if (!count) {
        return invalid(place, fmt::format("the shape has a negative extent or more than {} elements: [{}]", max_elements, fmt::join(shape, ", ")));
    }
    if (*type == ElementType::String) {
        return read_strings(source, shape, *count, place, budget);
    }
    const std::uint64_t num_bytes = (static_cast<std::uint64_t>(*count) * static_cast<std::uint64_t>(storage_bits(*type)) + 7) / 8;
    constexpr int external_location = 1;
    const bool is_external = source.data_location() == external_location;
    std::string_view raw = source.raw_data();
    if (is_external) {
        LUTRA_TRY(raw, external.read(place, external_place(source), num_bytes));
    }
    const bool has_raw = is_external || source.has_raw_data();
    if (has_raw && raw.size() != num_bytes) {
        return invalid(place, fmt::format("the shape {} of {} needs {} bytes, there are {}", to_string(shape), to_string(*type), num_bytes, raw.size()));
    }
    if (!has_raw && static_cast<std::uint64_t>(*count) > source.ByteSizeLong() * 8) {
        return invalid(place, fmt::format("the shape {} has {} elements, the file holds fewer", to_string(shape), *count));
    }
    if (!budget.take_stored(*count)) {
        return invalid(place, fmt::format("the constants of the model have too many elements: {} more", *count),
                       "raise the limit if the model is meant to be so large");
    }
    return has_raw ? decode_elements(raw, *type, shape, place) : decode_typed(source, make_tensor(*type, shape), place);
}

}  // namespace lutra::onnx
