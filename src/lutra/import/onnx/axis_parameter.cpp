#include "lutra/import/onnx/axis_parameter.h"

#include <fmt/format.h>

namespace lutra::onnx {

Result<Tensor> axis_parameter(NodeContext& context, const Tensor& parameter, const Shape& shape, std::int64_t axis) {
    Tensor result = parameter;
    if (parameter.is_scalar()) {
        result.shape = {};
        return result;
    }
    LUTRA_TRY(const int position, context.checked_axis(axis, shape.size()));
    const std::int64_t extent = shape[static_cast<std::size_t>(position)];
    if (parameter.shape != Shape{extent}) {
        return context.unsupported(fmt::format("a scale or zero point of shape {} meets axis {} of {} indices; one value, or one per index, is supported",
                                               to_string(parameter.shape), position, extent == batch_extent ? -1 : extent),
                                   "quantise per tensor or per channel");
    }
    result.shape = Shape(shape.size(), 1);
    result.shape[static_cast<std::size_t>(position)] = extent;
    return result;
}

bool is_quantized_type(ElementType type) { return !is_real(type) && type != ElementType::Bool && storage_bits(type) <= 32; }

Result<LinearParameters> linear_parameters(NodeContext& context, const Shape& shape, ElementType default_type) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 1));
    LUTRA_TRY(const std::int64_t block_size, context.integer("block_size", 0));
    context.ignore("saturate");
    context.ignore("precision");
    if (block_size != 0) {
        return context.unsupported("quantisation in blocks is not supported", "quantise per tensor or per channel");
    }
    LUTRA_TRY(const Tensor* scale, context.need_constant(1, "scale"));
    if (!scale->is_real()) {
        return context.invalid("its scale must be a float");
    }
    LinearParameters parameters;
    LUTRA_TRY(parameters.scale, axis_parameter(context, *scale, shape, axis));
    parameters.zero_point = make_tensor(default_type, {});
    if (context.has_input(2)) {
        LUTRA_TRY(const Tensor* zero_point, context.need_constant(2, "zero point"));
        if (!is_quantized_type(zero_point->type)) {
            return context.unsupported(fmt::format("its zero point is {}", to_string(zero_point->type)), "quantise to integers of at most 32 bits");
        }
        LUTRA_TRY(parameters.zero_point, axis_parameter(context, *zero_point, shape, axis));
    }
    return parameters;
}

}  // namespace lutra::onnx
