#include <fmt/format.h>

#include <cmath>

#include "lutra/import/onnx/alignment.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Before opset 7, `axis` and `broadcast` said how shapes meet; only the meeting at the last axes is the broadcasting of today.
Result<void> check_old_broadcast(NodeContext& context) {
    context.ignore("broadcast");
    context.ignore("consumed_inputs");
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", -1));
    if (axis != -1) {
        return context.unsupported(fmt::format("broadcasting along axis {} is of an opset below 7", axis), "convert the model to opset 13 or newer");
    }
    return {};
}

/// Numbers of the event are real; ONNX has no arithmetic between types.
Result<void> check_real(const NodeContext& context, const Tensor& constant) {
    if (!constant.is_real()) {
        return context.invalid(fmt::format("it combines real values with a constant of type {}", to_string(constant.type)));
    }
    return {};
}

/// Combines two tensors of the event, element by element.
Result<void> combine_events(NodeContext& context, std::string_view op) {
    LUTRA_TRY(const Event a, context.real_event(0));
    LUTRA_TRY(const Event b, context.real_event(1));
    const Shape shape_a = context.full_shape(a);
    const Shape shape_b = context.full_shape(b);
    const Alignment alignment_a = align(context, a, shape_b.size());
    const Alignment alignment_b = align(context, b, shape_a.size());
    if (a.has_batch() && b.has_batch() && alignment_a.batch_axis != alignment_b.batch_axis) {
        return context.unsupported(fmt::format("the batch axes of its inputs do not meet: {} and {}", alignment_a.batch_axis, alignment_b.batch_axis), "transpose one of them");
    }
    const Alignment& alignment = a.has_batch() ? alignment_a : alignment_b;
    const Event& other = a.has_batch() ? b : a;
    const auto other_rank = static_cast<int>(context.full_shape(other).size());
    if (!other.has_batch() && alignment.batch_axis >= 0 && alignment.rank - other_rank <= alignment.batch_axis) {
        return context.unsupported("one of its inputs has no batch axis where the other one has it", "give every input of the model a batch axis");
    }
    Event result{{}, alignment.batch_axis, a.type};
    LUTRA_TRY(result.node, context.add(op, {}, std::vector{a.node, b.node}));
    context.set_output(0, result);
    return {};
}

/// Combines a tensor of the event with a constant.
Result<void> combine_with_constant(NodeContext& context, std::string_view op, std::size_t constant_input, RealTensor constant, const Event& input, const Alignment& alignment) {
    LUTRA_TRY(const NodeId operand, context.add_constant(std::move(constant)));
    Event result{{}, alignment.batch_axis, input.type};
    const std::vector inputs = constant_input == 0 ? std::vector{operand, input.node} : std::vector{input.node, operand};
    LUTRA_TRY(result.node, context.add(op, {}, inputs));
    context.set_output(0, result);
    return {};
}

Result<void> combine(NodeContext& context, std::string_view op) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    if (!context.is_constant(0) && !context.is_constant(1)) {
        return combine_events(context, op);
    }
    const std::size_t constant_input = context.is_constant(0) ? 0 : 1;
    LUTRA_TRY(const Event input, context.real_event(1 - constant_input));
    const Tensor& constant = *context.constant(constant_input);
    if (auto real = check_real(context, constant); !real) {
        return real;
    }
    const Alignment alignment = align(context, input, constant.shape.size());
    LUTRA_TRY(RealTensor values, per_event(context, constant, alignment));
    return combine_with_constant(context, op, constant_input, std::move(values), input, alignment);
}

/// Finishes a MatMul with a bias, if that is what this Add does; nothing otherwise.
Result<bool> add_bias(NodeContext& context) {
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        if (!context.has_input(side) || !context.is_constant(1 - side)) {
            continue;
        }
        const auto* pending = std::get_if<PendingDense>(&context.value(side));
        if (pending == nullptr) {
            continue;
        }
        const Tensor& constant = *context.constant(1 - side);
        if (auto real = check_real(context, constant); !real) {
            return std::unexpected(std::move(real).error());
        }
        const Alignment alignment = align(context, pending->input, constant.shape.size());
        LUTRA_TRY(const RealTensor bias, per_event(context, constant, alignment));
        const bool is_bias = bias.shape.empty() || bias.shape == Shape{pending->weights.shape[1]};
        if (!is_bias || constant.shape.size() > context.full_shape(pending->input).size()) {
            return false;
        }
        Event result = pending->input;
        LUTRA_TRY(result.node, context.translation().add(pending->name, "dense", {{"weights", pending->weights}, {"bias", bias}}, {pending->input.node}));
        context.set_output(0, result);
        return true;
    }
    return false;
}

}  // namespace

Result<void> import_add(NodeContext& context) {
    LUTRA_TRY(const bool is_done, add_bias(context));
    if (is_done) {
        return check_old_broadcast(context);
    }
    return combine(context, "add");
}

Result<void> import_sub(NodeContext& context) { return combine(context, "subtract"); }

Result<void> import_mul(NodeContext& context) { return combine(context, "multiply"); }

Result<void> import_div(NodeContext& context) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    LUTRA_TRY(const Tensor* divisor, context.need_constant(1, "divisor"));
    LUTRA_TRY(const Event input, context.real_event(0));
    const Alignment alignment = align(context, input, divisor->shape.size());
    LUTRA_TRY(RealTensor factor, per_event(context, *divisor, alignment));
    bool is_exact = true;
    for (std::size_t i = 0; i < factor.size(); ++i) {
        int exponent = 0;
        is_exact = is_exact && std::abs(std::frexp(factor.values[i], &exponent)) == 0.5;
        factor.values[i] = 1 / factor.values[i];
        if (!std::isfinite(factor.values[i])) {
            return context.unsupported(fmt::format("element {} of its divisor is zero or too small", i), "remove the division");
        }
    }
    if (!is_exact) {
        context.decide("division by a constant became multiplication by its reciprocal, rounded to 53 bits");
    }
    return combine_with_constant(context, "multiply", 1, std::move(factor), input, alignment);
}

Result<void> import_neg(NodeContext& context) {
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const NodeId factor, context.add_constant(-1.0));
    Event result = input;
    LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{input.node, factor}));
    context.set_output(0, result);
    return {};
}

Result<void> import_pow(NodeContext& context) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    LUTRA_TRY(const Tensor* exponent, context.need_constant(1, "exponent"));
    LUTRA_TRY(const Event input, context.real_event(0));
    const double power = exponent->is_scalar() ? exponent->value(0) : 0;
    if (power != 1 && power != 2 && power != 3 && power != 4) {
        return context.unsupported("powers of the event are supported for the one exponent 1, 2, 3 or 4", "approximate the function by a table behind a quantiser");
    }
    Event result = input;
    if (power >= 2) {
        LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{input.node, input.node}));
    }
    if (power >= 3) {
        LUTRA_TRY(result.node, context.add("multiply", {}, std::vector{result.node, power == 3 ? input.node : result.node}));
    }
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
