#include <fmt/format.h>

#include "lutra/import/torch/aten_families.h"
#include "lutra/import/torch/stored_tensors.h"

namespace lutra::torch {

namespace {

/// op(self, other), where `other` may be a number.
Result<void> binary(AtenNode& node, std::string_view op_type) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const std::string other, node.tensor_or_number("other"));
    node.finish(op_type, {self, other});
    return {};
}

/// op(self, alpha * other), or op(other, alpha * self) when swapped.
Result<void> scaled(AtenNode& node, std::string_view op_type, bool is_swapped) {
    LUTRA_TRY(std::string self, node.tensor("self"));
    LUTRA_TRY(std::string other, node.tensor_or_number("other"));
    LUTRA_TRY(const double alpha, node.real("alpha", 1));
    std::string& right = is_swapped ? self : other;
    if (alpha != 1) {
        LUTRA_TRY(const std::string factor, node.tensor_or_number("alpha"));
        right = node.emit("Mul", {right, factor});
    }
    node.finish(op_type, is_swapped ? std::vector{other, self} : std::vector{self, other});
    return {};
}

Result<void> reduce(AtenNode& node, std::string_view op_type) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    LUTRA_TRY(const bool keeps, node.boolean("keepdim", false));
    std::vector<std::string> inputs = {self};
    if (node.has("dim")) {
        LUTRA_TRY(auto axes, node.integers("dim"));
        inputs.push_back(node.integers_constant(std::move(axes)));
    }
    node.finish(op_type, std::move(inputs), {{"keepdims", std::int64_t{keeps ? 1 : 0}}});
    return {};
}

/// The integers that a quantiser may give.
struct QuantisedRange {
    std::int64_t low = 0;
    std::int64_t high = 0;
    onnx::ElementType type = onnx::ElementType::Int8;
};

Result<QuantisedRange> quantised_range(const AtenNode& node) {
    QuantisedRange range;
    LUTRA_TRY(range.low, node.integer("quant_min", -128));
    LUTRA_TRY(range.high, node.integer("quant_max", 127));
    for (const onnx::ElementType type : {onnx::ElementType::Int8, onnx::ElementType::UInt8, onnx::ElementType::Int16, onnx::ElementType::UInt16}) {
        const onnx::IntegerRange whole = onnx::integer_range(type);
        if (whole.low <= range.low && range.high <= whole.high && range.low < range.high) {
            range.type = type;
            return range;
        }
    }
    return node.unsupported(fmt::format("it gives integers from {} to {}", range.low, range.high), "quantise to 16 bits or fewer");
}

onnx::Tensor integer_scalar(onnx::ElementType type, std::int64_t value) {
    onnx::Tensor tensor = onnx::make_tensor(type, {});
    tensor.integers[0] = value;
    return tensor;
}

/// Scale and zero point as constants: numbers, or one per index of `axis`.
struct QuantiserConstants {
    std::string scale;
    std::string zero_point;
    AtenNode::Attributes attributes;
};

Result<QuantiserConstants> per_tensor_constants(AtenNode& node, const QuantisedRange& range) {
    LUTRA_TRY(std::string scale, node.tensor_or_number("scale"));
    LUTRA_TRY(const std::int64_t zero_point, node.integer("zero_point", 0));
    const onnx::IntegerRange whole = onnx::integer_range(range.type);
    if (zero_point < whole.low || zero_point > whole.high) {
        return node.unsupported(fmt::format("its zero point is {}, the integers go from {} to {}", zero_point, range.low, range.high),
                                "use a zero point among the integers");
    }
    return QuantiserConstants{std::move(scale), node.constant(integer_scalar(range.type, zero_point)), {}};
}

Result<QuantiserConstants> per_channel_constants(AtenNode& node, const QuantisedRange& range) {
    LUTRA_TRY(const std::string scales, node.tensor("scales"));
    LUTRA_TRY(const std::string zero_points, node.tensor("zero_points"));
    LUTRA_TRY(const std::int64_t axis, node.integer("axis", 0));
    constexpr std::int64_t float32 = 1;
    const std::int64_t integers = onnx::type_code_of(range.type);
    return QuantiserConstants{node.emit("Cast", {scales}, {{"to", float32}}), node.emit("Cast", {zero_points}, {{"to", integers}}), {{"axis", axis}}};
}

Result<QuantiserConstants> quantiser_constants(AtenNode& node, const QuantisedRange& range) {
    return node.has("scales") ? per_channel_constants(node, range) : per_tensor_constants(node, range);
}

}  // namespace

Result<void> spell_add(AtenNode& node) { return scaled(node, "Add", false); }
Result<void> spell_sub(AtenNode& node) { return scaled(node, "Sub", false); }
Result<void> spell_rsub(AtenNode& node) { return scaled(node, "Sub", true); }
Result<void> spell_mul(AtenNode& node) { return binary(node, "Mul"); }
Result<void> spell_maximum(AtenNode& node) { return binary(node, "Max"); }
Result<void> spell_minimum(AtenNode& node) { return binary(node, "Min"); }

Result<void> spell_div(AtenNode& node) {
    if (node.has("rounding_mode")) {
        return node.unsupported("it rounds its quotients", "divide without rounding_mode");
    }
    return binary(node, "Div");
}

/// Base or exponent may be a number.
Result<void> spell_pow(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor_or_number("self"));
    LUTRA_TRY(const std::string exponent, node.tensor_or_number("exponent"));
    node.finish("Pow", {self, exponent});
    return {};
}

Result<void> spell_exp2(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    node.finish("Pow", {node.number(2), self});
    return {};
}

Result<void> spell_rsqrt(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    node.finish("Pow", {self, node.number(-0.5)});
    return {};
}

Result<void> spell_square(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    node.finish("Mul", {self, self});
    return {};
}

Result<void> spell_amax(AtenNode& node) { return reduce(node, "ReduceMax"); }
Result<void> spell_amin(AtenNode& node) { return reduce(node, "ReduceMin"); }
Result<void> spell_mean(AtenNode& node) { return reduce(node, "ReduceMean"); }
Result<void> spell_sum(AtenNode& node) { return reduce(node, "ReduceSum"); }

Result<void> spell_argmax(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    if (!node.has("dim")) {
        return node.unsupported("it takes the largest of all elements, those of other events too", "give dim=1");
    }
    LUTRA_TRY(const std::int64_t dim, node.integer("dim", 0));
    LUTRA_TRY(const bool keeps, node.boolean("keepdim", false));
    node.finish("ArgMax", {self}, {{"axis", dim}, {"keepdims", std::int64_t{keeps ? 1 : 0}}});
    return {};
}

Result<void> spell_cast(AtenNode& node) {
    LUTRA_TRY(const std::string self, node.tensor("self"));
    if (!node.has("dtype")) {
        node.finish("Identity", {self});
        return {};
    }
    LUTRA_TRY(const std::int64_t scalar_type, node.integer("dtype", 0));
    constexpr std::array codes = {std::pair(1, 2),  std::pair(2, 3), std::pair(3, 5),  std::pair(4, 6),  std::pair(5, 7),
                                  std::pair(6, 10), std::pair(7, 1), std::pair(8, 11), std::pair(13, 16)};
    for (const auto& [torch_code, onnx_code] : codes) {
        if (torch_code == scalar_type) {
            node.finish("Cast", {self}, {{"to", std::int64_t{onnx_code}}});
            return {};
        }
    }
    return node.unsupported(fmt::format("it casts to ScalarType {}", scalar_type), "cast to float32 only");
}

/// Integers of the range; they wait for their spell_dequantize.
Result<void> spell_quantize(AtenNode& node) {
    LUTRA_TRY(const QuantisedRange range, quantised_range(node));
    LUTRA_TRY(const std::string input, node.tensor("input"));
    LUTRA_TRY(const QuantiserConstants constants, quantiser_constants(node, range));
    const onnx::IntegerRange whole = onnx::integer_range(range.type);
    const std::vector<std::string> inputs = {input, constants.scale, constants.zero_point};
    if (whole.low == range.low && whole.high == range.high) {
        node.finish("QuantizeLinear", inputs, constants.attributes);
        return {};
    }
    const std::string integers = node.emit("QuantizeLinear", inputs, constants.attributes);
    node.finish("Clip", {integers, node.constant(integer_scalar(range.type, range.low)), node.constant(integer_scalar(range.type, range.high))});
    return {};
}

Result<void> spell_dequantize(AtenNode& node) {
    LUTRA_TRY(const QuantisedRange range, quantised_range(node));
    LUTRA_TRY(const std::string input, node.tensor("input"));
    LUTRA_TRY(const QuantiserConstants constants, quantiser_constants(node, range));
    node.finish("DequantizeLinear", {input, constants.scale, constants.zero_point}, constants.attributes);
    return {};
}

}  // namespace lutra::torch
