#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "lutra/import/onnx/constant_moves.h"
#include "lutra/import/onnx/emit_reshape.h"
#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/slice_ranges.h"

namespace lutra::onnx {

namespace {

/// Indices of a slice of an axis by ONNX's rules of clamping.
std::vector<std::int64_t> indices_of(const SliceRange& range, std::int64_t extent) {
    const bool is_forward = range.step > 0;
    const auto clamped = [&](std::int64_t bound) {
        bound = bound < 0 ? bound + extent : bound;
        return std::clamp(bound, is_forward ? std::int64_t{0} : std::int64_t{-1}, is_forward ? extent : extent - 1);
    };
    const std::int64_t step = std::clamp(range.step, -max_elements, max_elements);
    const std::int64_t end = range.end < -extent ? (is_forward ? 0 : -1) : clamped(range.end);
    std::vector<std::int64_t> indices;
    for (std::int64_t i = clamped(std::max(range.start, -extent)); is_forward ? i < end : i > end; i += step) {
        indices.push_back(i);
    }
    return indices;
}

}  // namespace

Result<Tensor> fold_identity(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    for (const std::string_view name : {"ratio", "seed", "is_test", "consumed_inputs"}) {
        context.ignore(name);
    }
    return reshaped(context, *x, x->shape);
}

Result<Tensor> fold_transpose(NodeContext& context) {
    LUTRA_TRY(auto permutation, context.integers("perm"));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    const std::size_t rank = x->shape.size();
    if (!permutation) {
        permutation.emplace(rank);
        std::iota(permutation->rbegin(), permutation->rend(), 0);
    }
    std::vector<bool> is_used(rank, false);
    Shape shape;
    const auto strides = strides_of(x->shape);
    std::vector<std::size_t> indices = {0};
    if (x->size() == 0 || permutation->size() != rank) {
        return context.invalid("it moves an empty tensor, or its perm has another number of axes");
    }
    for (const std::int64_t axis : *permutation) {
        if (axis < 0 || axis >= static_cast<std::int64_t>(rank) || is_used[static_cast<std::size_t>(axis)]) {
            return context.invalid(fmt::format("perm [{}] is no permutation", fmt::join(*permutation, ", ")));
        }
        const auto source_axis = static_cast<std::size_t>(axis);
        is_used[source_axis] = true;
        shape.push_back(x->shape[source_axis]);
        std::vector<std::size_t> next;
        next.reserve(indices.size() * static_cast<std::size_t>(shape.back()));
        for (const std::size_t index : indices) {
            for (std::size_t i = 0; i < static_cast<std::size_t>(shape.back()); ++i) {
                next.push_back(index + i * strides[source_axis]);
            }
        }
        indices = std::move(next);
    }
    return moved(context, *x, std::move(shape), indices);
}

Result<Tensor> fold_reshape(NodeContext& context) {
    LUTRA_TRY(const std::int64_t allowzero, context.integer("allowzero", 0));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const auto attribute, context.integers("shape"));
    Shape target = attribute.value_or(Shape{});
    if (context.has_input(1)) {
        LUTRA_TRY(target, context.need_integers(1, "shape"));
    }
    LUTRA_TRY(Shape shape, resolved_target(context, x->shape, std::move(target), allowzero != 0));
    return reshaped(context, *x, std::move(shape));
}

Result<Tensor> fold_flatten(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 1));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    const auto rank = static_cast<std::int64_t>(x->shape.size());
    if (axis < -rank || axis > rank || x->size() == 0) {
        return context.invalid(fmt::format("axis {} is not one of a tensor of shape {}", axis, to_string(x->shape)));
    }
    std::int64_t before = 1;
    for (std::int64_t i = 0; i < (axis < 0 ? axis + rank : axis); ++i) {
        before *= x->shape[static_cast<std::size_t>(i)];
    }
    return reshaped(context, *x, {before, static_cast<std::int64_t>(x->size()) / before});
}

Result<Tensor> fold_squeeze(NodeContext& context) {
    LUTRA_TRY(const auto axes, axes_of(context));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    std::vector<bool> is_removed(x->shape.size(), false);
    for (std::size_t i = 0; i < x->shape.size(); ++i) {
        is_removed[i] = !axes && x->shape[i] == 1;
    }
    for (const std::int64_t axis : axes.value_or(std::vector<std::int64_t>{})) {
        LUTRA_TRY(const int position, context.checked_axis(axis, x->shape.size()));
        if (x->shape[static_cast<std::size_t>(position)] != 1) {
            return context.invalid(fmt::format("it removes axis {} of the shape {}", axis, to_string(x->shape)));
        }
        is_removed[static_cast<std::size_t>(position)] = true;
    }
    Shape shape;
    for (std::size_t i = 0; i < x->shape.size(); ++i) {
        if (!is_removed[i]) {
            shape.push_back(x->shape[i]);
        }
    }
    return reshaped(context, *x, std::move(shape));
}

Result<Tensor> fold_unsqueeze(NodeContext& context) {
    LUTRA_TRY(const auto axes, axes_of(context));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    const std::size_t rank = x->shape.size() + (axes ? axes->size() : 0);
    if (!axes || rank > max_rank) {
        return context.invalid("it has no axes, or too many");
    }
    std::vector<bool> is_new(rank, false);
    for (const std::int64_t axis : *axes) {
        LUTRA_TRY(const int position, context.checked_axis(axis, rank));
        if (is_new[static_cast<std::size_t>(position)]) {
            return context.invalid("an axis is given twice");
        }
        is_new[static_cast<std::size_t>(position)] = true;
    }
    Shape shape;
    auto next = x->shape.begin();
    for (std::size_t i = 0; i < rank; ++i) {
        shape.push_back(is_new[i] ? 1 : *next++);
    }
    return reshaped(context, *x, std::move(shape));
}

Result<Tensor> fold_concat(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 1));
    LUTRA_TRY(const Tensor* head, context.need_constant(0, "operand"));
    LUTRA_TRY(const int position, context.checked_axis(axis, head->shape.size()));
    Tensor result{head->type, head->shape, {}, {}};
    std::int64_t& extent = result.shape[static_cast<std::size_t>(position)];
    extent = 0;
    std::int64_t num_lines = 1;
    for (int i = 0; i < position; ++i) {
        num_lines *= head->shape[static_cast<std::size_t>(i)];
    }
    std::int64_t count = 0;
    for (std::size_t i = 0; i < context.num_inputs(); ++i) {
        LUTRA_TRY(const Tensor* part, context.need_constant(i, "operand"));
        Shape other = part->shape;
        if (other.size() == result.shape.size()) {
            other[static_cast<std::size_t>(position)] = head->shape[static_cast<std::size_t>(position)];
        }
        if (other != head->shape || part->type != head->type) {
            return context.invalid(fmt::format("it joins {} of shape {} with {} of shape {}", to_string(head->type), to_string(head->shape),
                                               to_string(part->type), to_string(part->shape)));
        }
        extent += part->shape[static_cast<std::size_t>(position)];
        count += static_cast<std::int64_t>(part->size());
    }
    if (auto fits = context.reserve_constant(count); !fits || !checked_num_elements(result.shape)) {
        return fits ? Result<Tensor>(context.invalid("its result is too large")) : std::unexpected(std::move(fits).error());
    }
    for (std::int64_t line = 0; line < num_lines; ++line) {
        for (std::size_t i = 0; i < context.num_inputs(); ++i) {
            const Tensor& part = *context.constant(i);
            const auto length = static_cast<std::ptrdiff_t>(part.size()) / static_cast<std::ptrdiff_t>(num_lines);
            if (part.is_real()) {
                result.reals.insert(result.reals.end(), part.reals.begin() + line * length, part.reals.begin() + (line + 1) * length);
            } else {
                result.integers.insert(result.integers.end(), part.integers.begin() + line * length, part.integers.begin() + (line + 1) * length);
            }
        }
    }
    return result;
}

Result<Tensor> fold_slice(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const std::vector<SliceRange> ranges, slice_ranges(context, x->shape.size()));
    auto picks = whole(x->shape);
    for (const SliceRange& range : ranges) {
        const auto axis = static_cast<std::size_t>(range.axis);
        picks[axis] = indices_of(range, x->shape[axis]);
    }
    Shape shape;
    for (const auto& pick : picks) {
        shape.push_back(static_cast<std::int64_t>(pick.size()));
    }
    return moved(context, *x, std::move(shape), picked(x->shape, picks));
}

Result<Tensor> fold_gather(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 0));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const Tensor* indices, context.need_constant(1, "indices"));
    LUTRA_TRY(const int position, context.checked_axis(axis, x->shape.size()));
    const std::int64_t extent = x->shape[static_cast<std::size_t>(position)];
    if (indices->is_real()) {
        return context.invalid("its indices must be integers");
    }
    auto picks = whole(x->shape);
    std::vector<std::int64_t>& pick = picks[static_cast<std::size_t>(position)];
    pick.clear();
    for (const std::int64_t index : indices->integers) {
        if (index < -extent || index >= extent) {
            return context.invalid(fmt::format("index {} is not among the {} of the axis", index, extent));
        }
        pick.push_back(index < 0 ? index + extent : index);
    }
    Shape shape(x->shape.begin(), x->shape.begin() + position);
    shape.insert(shape.end(), indices->shape.begin(), indices->shape.end());
    shape.insert(shape.end(), x->shape.begin() + position + 1, x->shape.end());
    if (!checked_num_elements(shape)) {
        return context.invalid("its result is too large");
    }
    return moved(context, *x, std::move(shape), picked(x->shape, picks));
}

Result<Tensor> fold_shape(NodeContext& context) {
    LUTRA_TRY(std::int64_t start, context.integer("start", 0));
    LUTRA_TRY(std::int64_t end, context.integer("end", max_rank));
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    const auto rank = static_cast<std::int64_t>(x->shape.size());
    start = std::clamp(start < 0 ? start + rank : start, std::int64_t{0}, rank);
    end = std::clamp(end < 0 ? end + rank : end, start, rank);
    return make_integers({x->shape.begin() + start, x->shape.begin() + end});
}

Result<Tensor> fold_constant_of_shape(NodeContext& context) {
    LUTRA_TRY(const auto value, context.tensor("value"));
    LUTRA_TRY(const Shape shape, context.need_integers(0, "shape"));
    const auto count = checked_num_elements(shape);
    if (!count || (value && !value->is_scalar())) {
        return context.invalid(fmt::format("the shape [{}] is negative or too large, or its value is not one number", fmt::join(shape, ", ")));
    }
    if (auto fits = context.reserve_constant(*count); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(value ? value->type : ElementType::Float32, shape);
    if (value && result.is_real()) {
        std::ranges::fill(result.reals, value->reals[0]);
    } else if (value) {
        std::ranges::fill(result.integers, value->integers[0]);
    }
    return result;
}

}  // namespace lutra::onnx
