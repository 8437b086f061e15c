#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/onnx/emit_quantize.h"
#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/quant_parameters.h"

namespace lutra::onnx {

namespace {

/// Parameter `i` of a quantiser as it meets one event.
Result<RealTensor> quant_parameter(NodeContext& context, const Event& input, std::size_t i, std::string_view what) {
    LUTRA_TRY(const Tensor* constant, context.need_constant(i, what));
    const Alignment alignment = align(context, input, constant->shape.size());
    if (alignment.rank > static_cast<int>(context.full_shape(input).size())) {
        if (constant->is_scalar()) {
            return RealTensor(constant->value(0));
        }
        return context.unsupported(fmt::format("its {} has the shape {}, more axes than its input", what, to_string(constant->shape)));
    }
    return per_event(context, *constant, alignment);
}

/// +-scale, from a bipolar of 1 where scales differ.
Result<Event> emit_bipolar(NodeContext& context, const Event& input, const RealTensor& scale) {
    const bool is_positive = std::ranges::all_of(scale.values, [](double s) { return s > 0; });
    if (scale.size() == 1 && is_positive) {
        return context.add("bipolar", {{"scale", scale[0]}}, input);
    }
    LUTRA_TRY(Event result, context.add("bipolar", {{"scale", 1.0}}, input));
    LUTRA_TRY(const NodeId factor, context.add_constant(scale));
    LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{result.node, factor}));
    return result;
}

bool all_zero(const RealTensor& tensor) {
    return std::ranges::all_of(tensor.values, [](double x) { return x == 0; });
}

}  // namespace

Result<void> import_quant(NodeContext& context) {
    LUTRA_TRY(const QuantParameters parameters, quant_parameters(context));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(RealTensor scale, quant_parameter(context, input, 1, "scale"));
    LUTRA_TRY(RealTensor zero_point, quant_parameter(context, input, 2, "zero point"));
    LUTRA_TRY(RealTensor width, quant_parameter(context, input, 3, "bit width"));
    const auto num_bipolar = std::ranges::count_if(width.values, [&](double w) { return parameters.is_bipolar(w); });
    if (num_bipolar > 0) {
        if (num_bipolar != static_cast<std::ptrdiff_t>(width.size()) || !all_zero(zero_point)) {
            return context.unsupported("signed quantisers of one bit go with no zero point and no other widths", "use BipolarQuant");
        }
        context.decide("a signed quantiser of one bit is bipolar, as QONNX executes it: -scale for x < 0, else +scale");
        LUTRA_TRY(const Event result, emit_bipolar(context, input, scale));
        context.set_output(0, result);
        return {};
    }
    if (std::ranges::any_of(width.values, [](double w) { return w < 1 || w > 64 || w != std::floor(w); })) {
        return context.unsupported("a bit width is not an integer from 1 to 64", "round the learned bit width up in the model");
    }
    decide_exact_quotient(context, scale);
    LUTRA_TRY(const Event result, context.add("quantize",
                                              {{"scale", std::move(scale)},
                                               {"zero_point", std::move(zero_point)},
                                               {"width", std::move(width)},
                                               {"signed", parameters.is_signed ? 1.0 : 0.0},
                                               {"narrow", parameters.is_narrow},
                                               {"rounding", std::string(to_string(parameters.rounding))}},
                                              input));
    context.set_output(0, result);
    return {};
}

Result<void> import_bipolar_quant(NodeContext& context) {
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const RealTensor scale, quant_parameter(context, input, 1, "scale"));
    LUTRA_TRY(const Event result, emit_bipolar(context, input, scale));
    context.set_output(0, result);
    return {};
}

Result<void> import_trunc(NodeContext& context) {
    LUTRA_TRY(const Rounding rounding, qonnx_rounding(context, "FLOOR"));
    LUTRA_TRY(const std::int64_t is_signed, context.integer("signed", 1));
    LUTRA_TRY(const std::int64_t is_narrow, context.integer("narrow", 0));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const RealTensor scale, quant_parameter(context, input, 1, "scale"));
    LUTRA_TRY(const RealTensor zero_point, quant_parameter(context, input, 2, "zero point"));
    LUTRA_TRY(const RealTensor input_width, quant_parameter(context, input, 3, "input bit width"));
    const bool is_second_version = context.num_inputs() > 5;
    LUTRA_TRY(const RealTensor output_width, quant_parameter(context, input, is_second_version ? 5 : 4, "output bit width"));
    const bool is_plain = scale.size() == 1 && all_zero(zero_point) && input_width.size() == 1 && output_width.size() == 1;
    if (!is_plain || input_width[0] > 64 || output_width[0] < 1 || output_width[0] > input_width[0]) {
        return context.unsupported("truncation goes with one scale, no zero point and fewer output bits than input bits");
    }
    context.decide("truncation takes its input to be whole multiples of its scale, as the quantiser before it makes them");
    double step = scale[0] * std::exp2(input_width[0] - output_width[0]);
    double result_scale = scale[0];
    if (is_second_version) {
        LUTRA_TRY(const RealTensor output_scale, quant_parameter(context, input, 4, "output scale"));
        if (output_scale.size() != 1) {
            return context.unsupported("truncation goes with one output scale");
        }
        step = scale[0] * std::exp2(std::nearbyint(std::log2(output_scale[0] / scale[0])));
        result_scale = output_scale[0];
    }
    // The first version does not clamp: its integers are those of the input, less the dropped bits, of either sign.
    const double width = is_second_version ? output_width[0] : output_width[0] + 1;
    LUTRA_TRY(Event result, context.add("quantize",
                                        {{"scale", step},
                                         {"width", width},
                                         {"signed", is_second_version && is_signed == 0 ? 0.0 : 1.0},
                                         {"narrow", is_second_version && is_narrow != 0},
                                         {"rounding", std::string(to_string(rounding))}},
                                        input));
    if (result_scale != step) {
        LUTRA_TRY(const NodeId factor, context.add_constant(result_scale / step));
        LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{result.node, factor}));
    }
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
