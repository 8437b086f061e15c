#include <fmt/format.h>

#include <cmath>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// The axis of the channels of one event.
Result<int> channel_axis(NodeContext& context, const Event& input, std::int64_t num_channels) {
    const Shape& shape = context.shape(input);
    if (input.batch_axis == 1 && shape == Shape{num_channels}) {
        context.decide("the file normalises along the batch axis of transposed data, which fits no batch; read as normalisation of the features");
        return 0;
    }
    if (context.full_shape(input).size() < 2) {
        return context.event_axis(input, 0, "BatchNormalization");
    }
    return context.event_axis(input, 1, "BatchNormalization");
}

Result<RealTensor> parameter(NodeContext& context, std::size_t i, std::string_view name) {
    LUTRA_TRY(const Tensor* tensor, context.need_constant(i, name));
    if (!tensor->is_real() || tensor->shape.size() > 1) {
        return context.unsupported(
            fmt::format("its {} is {} of shape {}; one float per channel is supported", name, to_string(tensor->type), to_string(tensor->shape)));
    }
    return to_real(*tensor);
}

Result<void> check_inference(NodeContext& context) {
    LUTRA_TRY(const std::int64_t training_mode, context.integer("training_mode", 0));
    if (training_mode != 0) {
        return context.unsupported("it is in training mode", "export the model for inference");
    }
    for (std::size_t i = 1; i < context.node().outputs.size(); ++i) {
        if (context.is_used(i)) {
            return context.unsupported(fmt::format("its output {} is used, which exists in training only", i), "export the model for inference");
        }
    }
    return {};
}

/// A scale or bias of the axes from `event_axis` on: a scalar, or broadcast to their shape.
Result<RealTensor> parameter_of_axes(NodeContext& context, std::size_t i, std::string_view name, const Shape& axes) {
    LUTRA_TRY(const Tensor* tensor, context.need_constant(i, name));
    if (!tensor->is_real() || broadcast(tensor->shape, axes) != axes) {
        return context.unsupported(fmt::format("its {} is {} of shape {}; floats that fit the shape {} are supported", name, to_string(tensor->type),
                                               to_string(tensor->shape), to_string(axes)));
    }
    RealTensor result{axes, {}};
    for (const std::int64_t index : broadcast_indices(tensor->shape, axes)) {
        result.values.push_back(tensor->value(static_cast<std::size_t>(index)));
    }
    return result;
}

/// LayerNormalization, or RMSNormalization, which has no bias.
Result<void> import_line_normalization(NodeContext& context, std::string_view op, bool has_bias) {
    context.ignore("stash_type");
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", -1));
    LUTRA_TRY(const double epsilon, context.real("epsilon", static_cast<double>(1e-5F)));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, context.node().op_type));
    LUTRA_TRY(const int full_axis, context.checked_axis(axis, context.full_shape(input).size()));
    if (input.batch_axis > full_axis) {
        return context.unsupported("the batch axis is among those that it normalises", "put a Transpose before it");
    }
    for (std::size_t i = 1; i < context.node().outputs.size(); ++i) {
        if (context.is_used(i)) {
            return context.unsupported(fmt::format("its output {} is used", i), "use its first output only");
        }
    }
    const Shape& shape = context.shape(input);
    const Shape axes(shape.begin() + event_axis, shape.end());
    AttributeMap attributes = {{"epsilon", epsilon}, {"axis", static_cast<std::int64_t>(event_axis)}};
    LUTRA_TRY(RealTensor scale, parameter_of_axes(context, 1, "scale", axes));
    attributes.emplace("scale", std::move(scale));
    if (has_bias && context.has_input(2)) {
        LUTRA_TRY(RealTensor bias, parameter_of_axes(context, 2, "bias", axes));
        attributes.emplace("bias", std::move(bias));
    }
    LUTRA_TRY(const Event result, context.add(op, attributes, input));
    context.set_output(0, result);
    return {};
}

}  // namespace

Result<void> import_layer_normalization(NodeContext& context) { return import_line_normalization(context, "layer_normalization", true); }
Result<void> import_rms_normalization(NodeContext& context) { return import_line_normalization(context, "rms_normalization", false); }

Result<void> import_batch_normalization(NodeContext& context) {
    for (const std::string_view name : {"momentum", "is_test", "consumed_inputs"}) {
        context.ignore(name);
    }
    if (auto checked = check_inference(context); !checked) {
        return checked;
    }
    LUTRA_TRY(const double epsilon, context.real("epsilon", static_cast<double>(1e-5F)));
    LUTRA_TRY(const std::int64_t is_spatial, context.integer("spatial", 1));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(RealTensor scale, parameter(context, 1, "scale"));
    LUTRA_TRY(RealTensor bias, parameter(context, 2, "bias"));
    LUTRA_TRY(RealTensor mean, parameter(context, 3, "mean"));
    LUTRA_TRY(RealTensor variance, parameter(context, 4, "variance"));
    if (is_spatial == 0 && context.shape(input).size() > 1) {
        return context.unsupported("spatial=0 with several axes is of an opset below 9", "convert the model to opset 9 or newer");
    }
    LUTRA_TRY(const int axis, channel_axis(context, input, static_cast<std::int64_t>(scale.size())));
    context.decide("the factor scale / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact");
    LUTRA_TRY(const Event result, context.add("batch_normalization",
                                              {{"scale", std::move(scale)},
                                               {"bias", std::move(bias)},
                                               {"mean", std::move(mean)},
                                               {"variance", std::move(variance)},
                                               {"epsilon", epsilon},
                                               {"axis", static_cast<std::int64_t>(axis)}},
                                              input));
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
