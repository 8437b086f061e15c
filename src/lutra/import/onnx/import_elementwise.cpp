#include <fmt/format.h>

#include <array>

#include "lutra/import/onnx/emit_elementwise.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Combines all inputs, the first two, then each with what is there.
Result<Event> combine_all(NodeContext& context, std::string_view op) {
    LUTRA_TRY(Operand result, operand(context, 0));
    for (std::size_t i = 1; i < context.num_inputs(); ++i) {
        LUTRA_TRY(const Operand next, operand(context, i));
        const bool are_constants = std::holds_alternative<const Tensor*>(result) && std::holds_alternative<const Tensor*>(next);
        if (are_constants) {
            return context.unsupported("its first two inputs are constants", "compute them once, or put an input that depends on the event first");
        }
        LUTRA_TRY(result, emit_elementwise(context, op, std::array{result, next}));
    }
    const auto* event = std::get_if<Event>(&result);
    return event != nullptr ? Result<Event>(*event) : context.invalid("it has no input that depends on the event");
}

Result<void> set_combined(NodeContext& context, std::string_view op) {
    LUTRA_TRY(const Event result, combine_all(context, op));
    context.set_output(0, result);
    return {};
}

/// 1 - x of a truth value.
Result<Event> negated(NodeContext& context, const Event& x) {
    LUTRA_TRY(Event result, emit_with_number(context, "multiply", x, -1));
    LUTRA_TRY(result, emit_with_number(context, "add", result, 1));
    return result;
}

ElementType type_of(const Operand& operand) {
    const auto* event = std::get_if<Event>(&operand);
    return event != nullptr ? event->type : std::get<const Tensor*>(operand)->type;
}

/// Two inputs that are compared or chosen from: numbers of any type, both of the same kind. Integers are held exactly, as reals are.
struct Pair {
    Operand first;
    Operand second;
};
Result<Pair> pair_of(NodeContext& context, std::size_t first, std::size_t second) {
    const auto any = [&](std::size_t i) -> Result<Operand> {
        if (const Tensor* constant = context.constant(i)) {
            return constant;
        }
        LUTRA_TRY(const Event event, context.event(i));
        return event;
    };
    LUTRA_TRY(const Operand a, any(first));
    LUTRA_TRY(const Operand b, any(second));
    if (type_of(a) == ElementType::String || type_of(b) == ElementType::String) {
        return context.unsupported("it compares class names, of which the index stands here", "compare the scores of the classes");
    }
    if (is_real(type_of(a)) != is_real(type_of(b))) {
        return context.invalid(fmt::format("it combines {} with {}", to_string(type_of(a)), to_string(type_of(b))));
    }
    return Pair{a, b};
}

/// The truth value of a < b for inputs a and b of the node, inverted if asked for.
Result<void> compare(NodeContext& context, std::size_t a, std::size_t b, bool is_inverted) {
    LUTRA_TRY(const Pair pair, pair_of(context, a, b));
    LUTRA_TRY(Event result, emit_elementwise(context, "less", std::array{pair.first, pair.second}));
    result.type = ElementType::Bool;
    if (is_inverted) {
        LUTRA_TRY(result, negated(context, result));
    }
    context.set_output(0, result);
    return {};
}

Result<void> combine_truths(NodeContext& context, std::string_view op) {
    LUTRA_TRY(const Operand a, operand(context, 0, true));
    LUTRA_TRY(const Operand b, operand(context, 1, true));
    LUTRA_TRY(Event result, emit_elementwise(context, op, std::array{a, b}));
    result.type = ElementType::Bool;
    context.set_output(0, result);
    return {};
}

}  // namespace

Result<void> import_abs(NodeContext& context) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(const Event x, context.real_event(0));
    LUTRA_TRY(const Event result, context.add("abs", {}, x));
    context.set_output(0, result);
    return {};
}

Result<void> import_min(NodeContext& context) { return set_combined(context, "minimum"); }
Result<void> import_max(NodeContext& context) { return set_combined(context, "maximum"); }
Result<void> import_sum(NodeContext& context) { return set_combined(context, "add"); }

Result<void> import_mean(NodeContext& context) {
    LUTRA_TRY(Event result, combine_all(context, "add"));
    if (context.num_inputs() > 1) {
        LUTRA_TRY(result, emit_with_number(context, "multiply", result, 1 / static_cast<double>(context.num_inputs())));
    }
    context.set_output(0, result);
    return {};
}

/// 1 - (a < b) - (b < a).
Result<void> import_equal(NodeContext& context) {
    LUTRA_TRY(const Pair pair, pair_of(context, 0, 1));
    LUTRA_TRY(const Event below, emit_elementwise(context, "less", std::array{pair.first, pair.second}));
    LUTRA_TRY(const Event above, emit_elementwise(context, "less", std::array{pair.second, pair.first}));
    LUTRA_TRY(Event result, emit_elementwise(context, "add", std::array{Operand(below), Operand(above)}));
    LUTRA_TRY(result, negated(context, result));
    result.type = ElementType::Bool;
    context.set_output(0, result);
    return {};
}

Result<void> import_less(NodeContext& context) { return compare(context, 0, 1, false); }
Result<void> import_greater(NodeContext& context) { return compare(context, 1, 0, false); }
Result<void> import_less_or_equal(NodeContext& context) { return compare(context, 1, 0, true); }
Result<void> import_greater_or_equal(NodeContext& context) { return compare(context, 0, 1, true); }
Result<void> import_and(NodeContext& context) { return combine_truths(context, "minimum"); }
Result<void> import_or(NodeContext& context) { return combine_truths(context, "maximum"); }

Result<void> import_not(NodeContext& context) {
    LUTRA_TRY(const Event x, context.event(0));
    LUTRA_TRY(const Event result, negated(context, x));
    context.set_output(0, result);
    return {};
}

Result<void> import_where(NodeContext& context) {
    LUTRA_TRY(const Operand condition, operand(context, 0, true));
    LUTRA_TRY(const Pair pair, pair_of(context, 1, 2));
    LUTRA_TRY(Event result, emit_elementwise(context, "where", std::array{condition, pair.first, pair.second}));
    result.type = type_of(pair.first);
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
