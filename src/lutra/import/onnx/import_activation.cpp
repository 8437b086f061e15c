#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "lutra/import/onnx/emit_elementwise.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// An op of one real input and no attributes.
Result<void> import_unary(NodeContext& context, std::string_view op, const AttributeMap& attributes = {}) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const Event result, context.add(op, attributes, input));
    context.set_output(0, result);
    return {};
}

/// A function whose results are limited.
Result<void> import_limited(NodeContext& context, std::string_view op) {
    decide_limit(context, op);
    return import_unary(context, op);
}

/// min(max(alpha * x + beta, 0), 1).
Result<Event> hard_sigmoid(NodeContext& context, const Event& x, double alpha, double beta) {
    LUTRA_TRY(Event result, emit_with_number(context, "multiply", x, alpha));
    LUTRA_TRY(result, emit_with_number(context, "add", result, beta));
    return context.add("clip", {{"min", 0.0}, {"max", 1.0}}, result);
}

/// gamma * elu(x / beta).
Result<void> import_scaled_elu(NodeContext& context, double beta, double alpha, double gamma) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(Event x, context.real_event(0));
    if (beta != 1) {
        LUTRA_TRY(x, emit_with_number(context, "multiply", x, 1 / beta));
    }
    LUTRA_TRY(x, context.add("elu", {{"alpha", alpha}}, x));
    if (gamma != 1) {
        LUTRA_TRY(x, emit_with_number(context, "multiply", x, gamma));
    }
    context.set_output(0, x);
    return {};
}

/// A bound of a Clip: the attribute of old files or the input of new ones.
Result<double> clip_bound(NodeContext& context, std::string_view name, std::size_t input, double otherwise) {
    LUTRA_TRY(const double bound, context.real(name, otherwise));
    if (!context.has_input(input)) {
        // Exporters write the largest float for "no bound".
        constexpr double largest_float = std::numeric_limits<float>::max();
        return std::abs(bound) >= largest_float ? otherwise : bound;
    }
    LUTRA_TRY(const Tensor* constant, context.need_constant(input, name));
    if (!constant->is_scalar()) {
        return context.invalid(fmt::format("its {} must be a scalar, not of shape {}", name, to_string(constant->shape)));
    }
    return constant->value(0);
}

/// Softmax before opset 13 flattens all axes from `axis` on.
Result<void> import_flattening_softmax(NodeContext& context, std::string_view op, const Event& input, int first_axis) {
    const Shape& shape = context.shape(input);
    Shape flat(shape.begin(), shape.begin() + first_axis);
    std::int64_t extent = 1;
    for (std::size_t i = static_cast<std::size_t>(first_axis); i < shape.size(); ++i) {
        extent *= shape[i];
    }
    flat.push_back(extent);
    const bool is_last = flat.size() == shape.size();
    const Shape original = shape;
    Event x = input;
    if (!is_last) {
        LUTRA_TRY(x, context.add("reshape", {{"shape", flat}}, x));
    }
    LUTRA_TRY(x, context.add(op, {{"axis", static_cast<std::int64_t>(flat.size()) - 1}}, x));
    if (!is_last) {
        LUTRA_TRY(x, context.add("reshape", {{"shape", original}}, x));
    }
    context.set_output(0, x);
    return {};
}

/// Softmax or the logarithm of it, which is what op says.
Result<void> import_softmax_op(NodeContext& context, std::string_view op) {
    const bool flattens = context.opset() < 13;
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", flattens ? 1 : -1));
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, "Softmax"));
    if (flattens) {
        if (input.batch_axis > event_axis) {
            return context.unsupported("the batch axis is among those that Softmax flattens", "convert the model to opset 13 or newer");
        }
        return import_flattening_softmax(context, op, input, event_axis);
    }
    LUTRA_TRY(const Event result, context.add(op, {{"axis", static_cast<std::int64_t>(event_axis)}}, input));
    context.set_output(0, result);
    return {};
}

}  // namespace

void decide_limit(NodeContext& context, std::string_view op) {
    const auto made = context.translation().ops.make(op, {});
    for (const auto& [name, value] : made->attributes()) {
        if (name == "limit") {
            context.decide(fmt::format("{} is computed as {} with limit {}", context.node().op_type, made->info().summary, std::get<double>(value)));
        }
    }
}

Result<void> import_relu(NodeContext& context) { return import_unary(context, "relu"); }
Result<void> import_sigmoid(NodeContext& context) { return import_unary(context, "sigmoid"); }
Result<void> import_tanh(NodeContext& context) { return import_unary(context, "tanh"); }

Result<void> import_erf(NodeContext& context) { return import_unary(context, "erf"); }
Result<void> import_mish(NodeContext& context) { return import_unary(context, "mish"); }
Result<void> import_softplus(NodeContext& context) { return import_unary(context, "softplus"); }

Result<void> import_softsign(NodeContext& context) { return import_unary(context, "softsign"); }
Result<void> import_exp(NodeContext& context) { return import_limited(context, "exp"); }
Result<void> import_log(NodeContext& context) { return import_limited(context, "log"); }
Result<void> import_sqrt(NodeContext& context) { return import_limited(context, "sqrt"); }
Result<void> import_reciprocal(NodeContext& context) { return import_limited(context, "reciprocal"); }

Result<void> import_gelu(NodeContext& context) {
    LUTRA_TRY(const std::string approximate, context.string("approximate", "none"));
    if (approximate != "none" && approximate != "tanh") {
        return context.invalid(fmt::format("approximate is '{}', not 'none' or 'tanh'", approximate));
    }
    return import_unary(context, "gelu", {{"tanh", approximate == "tanh"}});
}

Result<void> import_swish(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    if (alpha == 1) {
        return import_unary(context, "silu");
    }
    LUTRA_TRY(const Event x, context.real_event(0));
    LUTRA_TRY(Event gate, emit_with_number(context, "multiply", x, alpha));
    LUTRA_TRY(gate, context.add("sigmoid", {}, gate));
    LUTRA_TRY(gate.node, context.add("multiply", {}, std::vector{x.node, gate.node}));
    context.set_output(0, gate);
    return {};
}

Result<void> import_elu(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    return import_scaled_elu(context, 1, alpha, 1);
}

Result<void> import_selu(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", static_cast<double>(1.67326319217681884765625F)));
    LUTRA_TRY(const double gamma, context.real("gamma", static_cast<double>(1.05070102214813232421875F)));
    return import_scaled_elu(context, 1, alpha, gamma);
}

Result<void> import_celu(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    if (!(alpha > 0)) {
        return context.unsupported(fmt::format("its alpha is {}", alpha), "give a positive alpha");
    }
    return import_scaled_elu(context, alpha, 1, alpha);
}

Result<void> import_hard_sigmoid(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", static_cast<double>(0.2F)));
    LUTRA_TRY(const double beta, context.real("beta", 0.5));
    LUTRA_TRY(const Event x, context.real_event(0));
    LUTRA_TRY(const Event result, hard_sigmoid(context, x, alpha, beta));
    context.set_output(0, result);
    return {};
}

Result<void> import_hard_swish(NodeContext& context) {
    LUTRA_TRY(const Event x, context.real_event(0));
    LUTRA_TRY(Event result, hard_sigmoid(context, x, 1.0 / 6, 0.5));
    LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{x.node, result.node}));
    context.set_output(0, result);
    return {};
}

Result<void> import_leaky_relu(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", static_cast<double>(0.01F)));
    return import_unary(context, "leaky_relu", {{"alpha", alpha}});
}

Result<void> import_prelu(NodeContext& context) {
    LUTRA_TRY(const Operand x, operand(context, 0));
    LUTRA_TRY(const Operand slope, operand(context, 1));
    LUTRA_TRY(const Event result, emit_elementwise(context, "prelu", std::array{x, slope}));
    context.set_output(0, result);
    return {};
}

Result<void> import_thresholded_relu(NodeContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    return import_unary(context, "thresholded_relu", {{"threshold", alpha}});
}

Result<void> import_clip(NodeContext& context) {
    if (const auto* integers = context.has_input(0) ? std::get_if<QuantizedIntegers>(&context.value(0)) : nullptr) {
        return import_integer_clip(context, *integers);
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    LUTRA_TRY(const double low, clip_bound(context, "min", 1, -infinity));
    LUTRA_TRY(const double high, clip_bound(context, "max", 2, infinity));
    if (low > high) {
        return context.unsupported(fmt::format("its min {} is above its max {}", low, high), "give min <= max");
    }
    return import_unary(context, "clip", {{"min", low}, {"max", high}});
}

Result<void> import_softmax(NodeContext& context) { return import_softmax_op(context, "softmax"); }
Result<void> import_log_softmax(NodeContext& context) { return import_softmax_op(context, "log_softmax"); }

Result<void> import_sign(NodeContext& context) {
    // Rounding away from zero into -1..1 is the sign, with sign(0) = 0.
    return import_unary(context, "quantize",
                        {{"scale", 1.0}, {"width", 2.0}, {"signed", 1.0}, {"narrow", true}, {"rounding", std::string(to_string(Rounding::FromZero))}});
}

}  // namespace lutra::onnx
