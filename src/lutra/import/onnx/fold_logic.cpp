#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/onnx/constant_moves.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

constexpr std::string_view batch_advice = "give -1 where a shape has the batch";

/// Constants of one type, broadcast to one shape.
struct Operands {
    std::vector<const Tensor*> tensors;
    std::vector<std::vector<std::size_t>> elements;  ///< of each tensor, the one at each place of `shape`
    Shape shape;

    double real(std::size_t operand, std::size_t i) const { return tensors[operand]->value(elements[operand][i]); }
    std::int64_t integer(std::size_t operand, std::size_t i) const { return tensors[operand]->integers[elements[operand][i]]; }
};

/// Inputs [first, end) of the node. Those from `same_from` on must have one type.
Result<Operands> operands_of(NodeContext& context, std::size_t end, std::size_t same_from) {
    Operands operands;
    for (std::size_t i = 0; i < end; ++i) {
        LUTRA_TRY(const Tensor* tensor, context.need_constant(i, "operand"));
        const auto shape = broadcast(operands.shape, tensor->shape);
        if (!shape || !checked_num_elements(*shape)) {
            return context.invalid(fmt::format("the shapes {} and {} do not broadcast", to_string(operands.shape), to_string(tensor->shape)));
        }
        if (i > same_from && tensor->type != operands.tensors[same_from]->type) {
            return context.invalid(fmt::format("it combines {} with {}", to_string(operands.tensors[same_from]->type), to_string(tensor->type)));
        }
        operands.shape = *shape;
        operands.tensors.push_back(tensor);
    }
    if (auto fits = context.reserve_constant(*checked_num_elements(operands.shape)); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    for (const Tensor* tensor : operands.tensors) {
        operands.elements.push_back(broadcast_elements(tensor->shape, operands.shape));
    }
    return operands;
}

/// Which of the three orders of two numbers gives truth.
struct Truths {
    bool below = false;
    bool equal = false;
    bool above = false;
};

/// The truth value for two integers, one of which may stand for the size of the batch: that is at least 1, and equal to itself.
std::optional<bool> truth_of(const Truths& truths, std::int64_t a, std::int64_t b) {
    if (a != batch_extent && b != batch_extent) {
        return a < b ? truths.below : a == b ? truths.equal : truths.above;
    }
    if (a == b) {
        return truths.equal;
    }
    if ((a == batch_extent ? b : a) <= 0) {
        return a == batch_extent ? truths.above : truths.below;
    }
    return std::nullopt;
}

Result<Tensor> compare(NodeContext& context, const Truths& truths) {
    context.ignore("axis");
    context.ignore("broadcast");
    LUTRA_TRY(const Operands operands, operands_of(context, 2, 0));
    if (operands.tensors[0]->type == ElementType::String) {
        return context.unsupported("it compares strings", "compute the constant before the export");
    }
    Tensor result = make_tensor(ElementType::Bool, operands.shape);
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (operands.tensors[0]->is_real()) {
            const double a = operands.real(0, i);
            const double b = operands.real(1, i);
            result.integers[i] = a < b ? truths.below : a == b ? truths.equal : truths.above;
            continue;
        }
        const auto truth = truth_of(truths, operands.integer(0, i), operands.integer(1, i));
        if (!truth) {
            return context.unsupported("it compares the size of the batch with a number", std::string(batch_advice));
        }
        result.integers[i] = *truth ? 1 : 0;
    }
    return result;
}

Result<Tensor> combine_truths(NodeContext& context, bool (*combination)(bool, bool)) {
    context.ignore("axis");
    context.ignore("broadcast");
    LUTRA_TRY(const Operands operands, operands_of(context, 2, 0));
    if (operands.tensors[0]->type != ElementType::Bool) {
        return context.invalid(fmt::format("it combines {}, not truth values", to_string(operands.tensors[0]->type)));
    }
    Tensor result = make_tensor(ElementType::Bool, operands.shape);
    for (std::size_t i = 0; i < result.size(); ++i) {
        result.integers[i] = combination(operands.integer(0, i) != 0, operands.integer(1, i) != 0) ? 1 : 0;
    }
    return result;
}

/// The least or the largest of all inputs, by the sign.
Result<Tensor> choose(NodeContext& context, int sign) {
    context.ignore("consumed_inputs");
    LUTRA_TRY(const Operands operands, operands_of(context, context.num_inputs(), 0));
    const Tensor& first = *operands.tensors[0];
    if (first.type == ElementType::String) {
        return context.unsupported("it compares strings", "compute the constant before the export");
    }
    Tensor result = make_tensor(first.type, operands.shape);
    for (std::size_t i = 0; i < result.size(); ++i) {
        for (std::size_t k = 0; k < operands.tensors.size(); ++k) {
            if (result.is_real()) {
                const double x = operands.real(k, i);
                result.reals[i] = k == 0 || sign * x > sign * result.reals[i] ? x : result.reals[i];
                continue;
            }
            const std::int64_t x = operands.integer(k, i);
            if (x == batch_extent) {
                return context.unsupported("it computes with the size of the batch", std::string(batch_advice));
            }
            result.integers[i] = k == 0 || (sign > 0 ? x > result.integers[i] : x < result.integers[i]) ? x : result.integers[i];
        }
    }
    return result;
}

}  // namespace

Result<Tensor> fold_equal(NodeContext& context) { return compare(context, {.below = false, .equal = true, .above = false}); }
Result<Tensor> fold_less(NodeContext& context) { return compare(context, {.below = true, .equal = false, .above = false}); }
Result<Tensor> fold_greater(NodeContext& context) { return compare(context, {.below = false, .equal = false, .above = true}); }
Result<Tensor> fold_less_or_equal(NodeContext& context) { return compare(context, {.below = true, .equal = true, .above = false}); }
Result<Tensor> fold_greater_or_equal(NodeContext& context) { return compare(context, {.below = false, .equal = true, .above = true}); }

Result<Tensor> fold_and(NodeContext& context) {
    return combine_truths(context, [](bool a, bool b) { return a && b; });
}
Result<Tensor> fold_or(NodeContext& context) {
    return combine_truths(context, [](bool a, bool b) { return a || b; });
}

Result<Tensor> fold_not(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    if (x->type != ElementType::Bool) {
        return context.invalid(fmt::format("it negates {}, not truth values", to_string(x->type)));
    }
    LUTRA_TRY(Tensor result, reshaped(context, *x, x->shape));
    for (std::int64_t& truth : result.integers) {
        truth = truth == 0 ? 1 : 0;
    }
    return result;
}

Result<Tensor> fold_min(NodeContext& context) { return choose(context, -1); }
Result<Tensor> fold_max(NodeContext& context) { return choose(context, 1); }

Result<Tensor> fold_where(NodeContext& context) {
    LUTRA_TRY(const Operands operands, operands_of(context, 3, 1));
    const Tensor& otherwise = *operands.tensors[2];
    if (operands.tensors[0]->type != ElementType::Bool || otherwise.names != operands.tensors[1]->names) {
        return context.invalid("its condition is no truth value, or it chooses between lists of strings");
    }
    Tensor result = make_tensor(otherwise.type, operands.shape);
    result.names = otherwise.names;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const std::size_t chosen = operands.integer(0, i) != 0 ? 1 : 2;
        if (result.is_real()) {
            result.reals[i] = operands.real(chosen, i);
        } else {
            result.integers[i] = operands.integer(chosen, i);
        }
    }
    return result;
}

}  // namespace lutra::onnx
