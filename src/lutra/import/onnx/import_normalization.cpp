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
        return context.unsupported(fmt::format("its {} is {} of shape {}; one float per channel is supported", name, to_string(tensor->type), to_string(tensor->shape)));
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

}  // namespace

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
                                              {{"scale", std::move(scale)}, {"bias", std::move(bias)}, {"mean", std::move(mean)}, {"variance", std::move(variance)},
                                               {"epsilon", epsilon}, {"axis", static_cast<std::int64_t>(axis)}},
                                              input));
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
