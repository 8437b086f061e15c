#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// The axes that a reduction of a constant takes away, one flag per axis.
Result<std::vector<bool>> reduced_axes(NodeContext& context, std::size_t rank) {
    LUTRA_TRY(const std::int64_t does_nothing, context.integer("noop_with_empty_axes", 0));
    LUTRA_TRY(auto axes, context.integers("axes"));
    if (context.has_input(1)) {
        LUTRA_TRY(axes, context.need_integers(1, "axes"));
    }
    const bool are_given = axes && !axes->empty();
    std::vector<bool> is_reduced(rank, !are_given && does_nothing == 0);
    for (const std::int64_t axis : axes.value_or(std::vector<std::int64_t>{})) {
        LUTRA_TRY(const int position, context.checked_axis(axis, rank));
        is_reduced[static_cast<std::size_t>(position)] = true;
    }
    return is_reduced;
}

/// How two numbers become one, and what to start from.
struct Accumulation {
    double real_start;
    double (*reals)(double, double);
    std::int64_t integer_start;
    bool (*integers)(std::int64_t, std::int64_t, std::int64_t*);  ///< true: overflow; null: integers are not supported
};

Result<Tensor> reduce(NodeContext& context, const Accumulation& accumulation, bool is_mean = false) {
    LUTRA_TRY(const std::int64_t keepdims, context.integer("keepdims", 1));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const std::vector<bool> is_reduced, reduced_axes(context, x->shape.size()));
    if (!x->is_real() && (accumulation.integers == nullptr || x->type == ElementType::String)) {
        return context.unsupported(fmt::format("it takes {}", to_string(x->type)), "compute the constant before the export");
    }
    Shape kept = x->shape;
    std::int64_t num_reduced = 1;
    for (std::size_t axis = 0; axis < kept.size(); ++axis) {
        num_reduced *= is_reduced[axis] ? kept[axis] : 1;
        kept[axis] = is_reduced[axis] ? 1 : kept[axis];
    }
    if (num_reduced == 0) {
        return context.invalid("it reduces an axis without elements");
    }
    if (auto fits = context.reserve_constant(num_elements(kept)); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(x->type, kept);
    std::ranges::fill(result.reals, accumulation.real_start);
    std::ranges::fill(result.integers, accumulation.integer_start);
    const auto targets = broadcast_indices(kept, x->shape);
    for (std::size_t i = 0; i < x->size(); ++i) {
        const auto target = static_cast<std::size_t>(targets[i]);
        if (x->is_real()) {
            result.reals[target] = round_to(x->type, accumulation.reals(result.reals[target], x->reals[i]));
        } else if (x->integers[i] == batch_extent || accumulation.integers(result.integers[target], x->integers[i], &result.integers[target])) {
            return context.unsupported("it computes with the size of the batch, or overflows", "give -1 where a shape has the batch");
        }
    }
    for (double& value : result.reals) {
        value = is_mean ? round_to(x->type, value / static_cast<double>(num_reduced)) : value;
        if (!std::isfinite(value)) {
            return context.unsupported("its result overflows", "compute the constant before the export");
        }
    }
    if (keepdims == 0) {
        result.shape.clear();
        for (std::size_t axis = 0; axis < kept.size(); ++axis) {
            if (!is_reduced[axis]) {
                result.shape.push_back(kept[axis]);
            }
        }
    }
    return result;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

}  // namespace

Result<Tensor> fold_reduce_sum(NodeContext& context) {
    return reduce(context, {0, [](double x, double y) { return x + y; }, 0,
                            [](std::int64_t x, std::int64_t y, std::int64_t* r) { return __builtin_add_overflow(x, y, r); }});
}
Result<Tensor> fold_reduce_prod(NodeContext& context) {
    return reduce(context, {1, [](double x, double y) { return x * y; }, 1,
                            [](std::int64_t x, std::int64_t y, std::int64_t* r) { return __builtin_mul_overflow(x, y, r); }});
}
Result<Tensor> fold_reduce_max(NodeContext& context) {
    return reduce(context, {-infinity, [](double x, double y) { return std::max(x, y); }, -highest,
                            [](std::int64_t x, std::int64_t y, std::int64_t* r) {
                                *r = std::max(x, y);
                                return false;
                            }});
}
Result<Tensor> fold_reduce_min(NodeContext& context) {
    return reduce(context, {infinity, [](double x, double y) { return std::min(x, y); }, highest,
                            [](std::int64_t x, std::int64_t y, std::int64_t* r) {
                                *r = std::min(x, y);
                                return false;
                            }});
}
Result<Tensor> fold_reduce_mean(NodeContext& context) {
    return reduce(context, {0, [](double x, double y) { return x + y; }, 0, nullptr}, true);
}

}  // namespace lutra::onnx
