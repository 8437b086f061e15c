#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "lutra/import/onnx/axis_parameter.h"
#include "lutra/import/onnx/emit_quantize.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

Result<std::int64_t> integer_bound(NodeContext& context, std::size_t input, std::string_view what, std::int64_t otherwise) {
    if (!context.has_input(input)) {
        return otherwise;
    }
    LUTRA_TRY(const Tensor* bound, context.need_constant(input, what));
    if (bound->is_real() || !bound->is_scalar()) {
        return context.invalid(fmt::format("its {} must be one integer", what));
    }
    return bound->integers[0];
}

/// The type of the integers that a QuantizeLinear without zero point makes.
Result<ElementType> output_type(NodeContext& context) {
    LUTRA_TRY(const std::int64_t code, context.integer("output_dtype", 0));
    const auto type = element_type_of(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000)));
    if (code == 0) {
        return ElementType::UInt8;
    }
    if (!type || !is_quantized_type(*type)) {
        return context.unsupported(fmt::format("it quantises to {}", name_of_type_code(static_cast<int>(std::clamp<std::int64_t>(code, 0, 1000)))),
                                   "quantise to integers of at most 32 bits");
    }
    return *type;
}

/// (q - zero_point) * scale of integers that come from outside.
Result<void> dequantize_event(NodeContext& context) {
    LUTRA_TRY(const Event input, context.event(0));
    if (is_real(input.type)) {
        return context.invalid("its input must be integers");
    }
    const Shape shape = context.full_shape(input);
    LUTRA_TRY(const LinearParameters parameters, linear_parameters(context, shape, input.type));
    const Alignment alignment = align(context, input, shape.size());
    LUTRA_TRY(RealTensor scale, per_event(context, parameters.scale, alignment));
    LUTRA_TRY(RealTensor zero_point, per_event(context, parameters.zero_point, alignment));
    Event result = input;
    result.type = ElementType::Float32;
    LUTRA_TRY(const NodeId offset, context.add_constant(std::move(zero_point)));
    LUTRA_TRY(result.node, context.add("subtract", {}, std::vector{result.node, offset}));
    LUTRA_TRY(const NodeId factor, context.add_constant(std::move(scale)));
    LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{result.node, factor}));
    context.set_output(0, result);
    return {};
}

}  // namespace

Result<void> import_quantize_linear(NodeContext& context) {
    LUTRA_TRY(const ElementType default_type, output_type(context));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const LinearParameters parameters, linear_parameters(context, context.full_shape(input), default_type));
    const IntegerRange range = integer_range(parameters.zero_point.type);
    QuantizedIntegers integers{input, parameters.scale, parameters.zero_point, 0, range.low, range.high, context.node().name};
    context.set_output(0, std::move(integers));
    return {};
}

Result<void> import_integer_clip(NodeContext& context, const QuantizedIntegers& integers) {
    QuantizedIntegers narrowed = integers;
    LUTRA_TRY(const std::int64_t low, integer_bound(context, 1, "min", integers.low));
    LUTRA_TRY(const std::int64_t high, integer_bound(context, 2, "max", integers.high));
    narrowed.low = std::max(narrowed.low, low);
    narrowed.high = std::min(narrowed.high, high);
    if (narrowed.low > narrowed.high) {
        return context.unsupported(fmt::format("no integer is left from {} to {}", low, high), "give min <= max within the type");
    }
    context.set_output(0, std::move(narrowed));
    return {};
}

Result<void> import_dequantize_linear(NodeContext& context) {
    LUTRA_TRY(const std::int64_t output_code, context.integer("output_dtype", 0));
    static_cast<void>(output_code);
    const auto* integers = context.has_input(0) ? std::get_if<QuantizedIntegers>(&context.value(0)) : nullptr;
    if (integers == nullptr) {
        return dequantize_event(context);
    }
    LUTRA_TRY(const LinearParameters parameters, linear_parameters(context, context.full_shape(integers->input), integers->zero_point.type));
    if (parameters.scale != integers->scale || parameters.zero_point != integers->zero_point) {
        return context.unsupported(fmt::format("its scale or zero point is not that of '{}', which made its integers", integers->name),
                                   "use the same scale and zero point in both");
    }
    const Event input = integers->input;
    const Alignment alignment = align(context, input, parameters.scale.shape.size());
    const Alignment zero_alignment = align(context, input, parameters.zero_point.shape.size());
    IntegerQuantizer quantizer{{}, {}, integers->low, integers->high};
    LUTRA_TRY(quantizer.scale, per_event(context, parameters.scale, alignment));
    LUTRA_TRY(quantizer.zero_point, per_event(context, parameters.zero_point, zero_alignment));
    LUTRA_TRY(const Event result, emit_quantize(context, input, quantizer));
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
