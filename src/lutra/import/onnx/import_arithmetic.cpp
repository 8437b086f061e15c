#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/import/onnx/alignment.h"
#include "lutra/import/onnx/emit_elementwise.h"
#include "lutra/import/onnx/families.h"
#include "lutra/ops/reciprocal.h"

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

Result<void> combine(NodeContext& context, std::string_view op) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    LUTRA_TRY(const Operand a, operand(context, 0));
    LUTRA_TRY(const Operand b, operand(context, 1));
    LUTRA_TRY(const Event result, emit_elementwise(context, op, std::array{a, b}));
    context.set_output(0, result);
    return {};
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

/// b^x as exp(x * log(b)).
Result<void> power_of_number(NodeContext& context, const Tensor& base) {
    LUTRA_TRY(const Event exponent, context.real_event(1));
    const double number = base.is_scalar() ? base.value(0) : 0;
    if (!(number > 0) || base.shape.size() > context.full_shape(exponent).size()) {
        return context.unsupported("the base of its powers is not one positive number", "use Exp of a product with the logarithms of the bases");
    }
    LUTRA_TRY(const Event logarithm, emit_with_number(context, "multiply", exponent, std::log(number)));
    decide_limit(context, "exp");
    LUTRA_TRY(const Event result, context.add("exp", {}, logarithm));
    context.set_output(0, result);
    return {};
}

/// x / y as x * (1 / y): the reciprocal is a function of its own.
Result<void> divide_by_event(NodeContext& context) {
    LUTRA_TRY(const Operand dividend, operand(context, 0));
    LUTRA_TRY(const Event divisor, context.real_event(1));
    LUTRA_TRY(const Event reciprocal, emit_reciprocal(context, divisor));
    LUTRA_TRY(const Event result, emit_elementwise(context, "multiply", std::array<Operand, 2>{dividend, reciprocal}));
    context.set_output(0, result);
    return {};
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

Result<Event> emit_reciprocal(NodeContext& context, const Event& divisor) {
    const Reciprocal op;
    context.decide(fmt::format(
        "division became multiplication by the reciprocal of the divisor, which lies between -{0} and {0}: a divisor below 1/{0} counts as 1/{0}. The "
        "reciprocal is off by at most {1}, or by a quarter of the last bit of its result's type, and the quotient by as much times the dividend",
        op.limit, op.max_error));
    Event result = divisor;
    LUTRA_TRY(result.node, context.translation().add(fmt::format("{}.reciprocal", context.node().name), op.info.name, {}, {divisor.node}));
    return result;
}

Result<void> import_div(NodeContext& context) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    if (!context.is_constant(1)) {
        return divide_by_event(context);
    }
    LUTRA_TRY(const Tensor* divisor, context.need_constant(1, "divisor"));
    LUTRA_TRY(const Event input, context.real_event(0));
    Tensor factor = make_tensor(ElementType::Float64, divisor->shape);
    bool is_exact = true;
    for (std::size_t i = 0; i < factor.size(); ++i) {
        int exponent = 0;
        is_exact = is_exact && std::abs(std::frexp(divisor->value(i), &exponent)) == 0.5;
        factor.reals[i] = 1 / divisor->value(i);
        if (!std::isfinite(factor.reals[i])) {
            return context.unsupported(fmt::format("element {} of its divisor is zero or too small", i), "remove the division");
        }
    }
    if (!is_exact) {
        context.decide("division by a constant became multiplication by its reciprocal, rounded to 53 bits");
    }
    LUTRA_TRY(const Event result, emit_elementwise(context, "multiply", std::array<Operand, 2>{input, &factor}));
    context.set_output(0, result);
    return {};
}

Result<void> import_neg(NodeContext& context) {
    LUTRA_TRY(const Event input, context.real_event(0));
    LUTRA_TRY(const Event result, emit_with_number(context, "multiply", input, -1));
    context.set_output(0, result);
    return {};
}

Result<void> import_pow(NodeContext& context) {
    if (auto old = check_old_broadcast(context); !old) {
        return old;
    }
    if (context.is_constant(0) && !context.is_constant(1)) {
        return power_of_number(context, *context.constant(0));
    }
    LUTRA_TRY(const Tensor* exponent, context.need_constant(1, "exponent"));
    LUTRA_TRY(const Event input, context.real_event(0));
    const double power = exponent->is_scalar() ? exponent->value(0) : 0;
    constexpr std::array roots = {std::pair{0.5, "sqrt"}, std::pair{-0.5, "rsqrt"}, std::pair{-1.0, "reciprocal"}};
    if (const auto root = std::ranges::find(roots, power, &std::pair<double, const char*>::first); root != roots.end()) {
        decide_limit(context, root->second);
        LUTRA_TRY(const Event value, context.add(root->second, {}, input));
        context.set_output(0, value);
        return {};
    }
    if (power != 1 && power != 2 && power != 3 && power != 4) {
        return context.unsupported("powers of the event are supported for the one exponent 1, 2, 3, 4, 0.5, -0.5 or -1",
                                   "approximate the function by a table behind a quantiser");
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
