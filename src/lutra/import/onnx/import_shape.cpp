#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "lutra/import/onnx/emit_reshape.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// Product of some extents, the batch left out.
std::int64_t product(std::span<const std::int64_t> extents) {
    std::int64_t result = 1;
    for (const std::int64_t extent : extents) {
        if (extent != batch_extent && __builtin_mul_overflow(result, extent, &result)) {
            result = max_elements + 1;
        }
        result = std::min(result, max_elements + 1);
    }
    return result;
}

std::span<const std::int64_t> first(const Shape& shape, int count) { return std::span(shape).first(static_cast<std::size_t>(count)); }

/// Where the batch is in the target of a Reshape, by position: the first axis whose extent can be the batch and before which stand as many
/// elements as before the batch of the input.
std::optional<int> batch_position(const Shape& target, const Event& input, const Shape& source, bool allows_zero, std::int64_t batch_size) {
    const std::int64_t before = product(first(source, input.batch_axis));
    const std::int64_t inside = product(source);
    for (int i = 0; i < static_cast<int>(target.size()); ++i) {
        const std::int64_t extent = target[static_cast<std::size_t>(i)];
        const bool copies = extent == 0 && !allows_zero && i == input.batch_axis;
        Shape others = target;
        others.erase(others.begin() + i);
        for (std::size_t k = 0; k < others.size(); ++k) {
            const std::size_t axis = k < static_cast<std::size_t>(i) ? k : k + 1;
            others[k] = others[k] == 0 && !allows_zero && axis < source.size() ? source[axis] : others[k];
        }
        const bool has_rest = std::ranges::find(others, -1) != others.end();
        const bool is_batch = extent == batch_extent || copies || (extent == -1 && product(others) == inside) ||
                              (extent == batch_size && i == input.batch_axis && (has_rest || product(others) == inside));
        const bool rest_stands_before = std::ranges::find(first(target, i), -1) != first(target, i).end();
        if (is_batch && (rest_stands_before || product(first(others, i)) == before)) {
            return i;
        }
    }
    return std::nullopt;
}

/// The recorded batch of one event leaves the shapes: from here on the file's shape is the event's.
Event without_batch(NodeContext& context, Event event) {
    context.decide("the axis of the recorded batch of one event is left out here");
    event.batch_axis = -1;
    return event;
}

}  // namespace

Result<Event> emit_reshape(NodeContext& context, const Event& input, const Shape& full_shape) {
    Event result = input;
    Shape shape = full_shape;
    const auto batch = std::ranges::find(shape, batch_extent);
    result.batch_axis = batch == shape.end() ? -1 : static_cast<int>(batch - shape.begin());
    if (batch != shape.end()) {
        shape.erase(batch);
    }
    if (shape == context.shape(input)) {
        return result;
    }
    LUTRA_TRY(result.node, context.add("reshape", {{"shape", std::move(shape)}}, std::vector{input.node}));
    return result;
}

Result<std::optional<std::vector<std::int64_t>>> axes_of(NodeContext& context) {
    if (!context.has_input(1)) {
        return context.integers("axes");
    }
    LUTRA_TRY(std::vector<std::int64_t> axes, context.need_integers(1, "axes"));
    return axes;
}

Result<Shape> resolved_target(NodeContext& context, const Shape& source, Shape target, bool allows_zero) {
    std::optional<std::size_t> rest;
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (target[i] == 0 && !allows_zero && i < source.size()) {
            target[i] = source[i];
        } else if (target[i] == -1 && !rest) {
            rest = i;
            target[i] = 1;
        }
        if (target[i] < 0) {
            return context.invalid(fmt::format("the shape [{}] cannot be resolved", fmt::join(target, ", ")));
        }
    }
    const std::int64_t count = num_elements(source);
    const auto known = checked_num_elements(target);
    if (!known || (rest && (*known == 0 || count % *known != 0)) || (!rest && *known != count)) {
        return context.invalid(fmt::format("{} elements of shape {} do not fit into [{}]", count, to_string(source), fmt::join(target, ", ")));
    }
    if (rest) {
        target[*rest] = count / *known;
    }
    return target;
}

Result<void> import_reshape(NodeContext& context) {
    LUTRA_TRY(const std::int64_t allowzero, context.integer("allowzero", 0));
    context.ignore("consumed_inputs");
    LUTRA_TRY(Event input, context.event(0));
    Shape target;
    if (context.has_input(1)) {
        LUTRA_TRY(target, context.need_integers(1, "shape"));
    } else {
        LUTRA_TRY(const auto attribute, context.integers("shape"));
        target = attribute.value_or(Shape{});
    }
    const bool allows_zero = allowzero != 0;
    Shape source = context.full_shape(input);
    if (std::ranges::any_of(target, [](std::int64_t extent) { return extent < -1 && extent != batch_extent; }) || target.size() > max_rank) {
        return context.invalid(fmt::format("it has a negative extent or too many axes: [{}]", fmt::join(target, ", ")));
    }
    std::optional<int> batch;
    if (input.has_batch()) {
        batch = batch_position(target, input, source, allows_zero, context.translation().batch_size);
        if (!batch && context.translation().batch_size != 1) {
            return context.unsupported(fmt::format("the shape [{}] mixes the batch axis with others; one event has the shape {}", fmt::join(target, ", "),
                                                   to_string(context.shape(input))),
                                       "reshape to [-1, ...] or [0, ...]");
        }
        if (!batch) {
            input = without_batch(context, input);
        }
    }
    if (batch) {
        // Zeros copy by position in the file's shapes, so they are resolved before the batch is taken out of both.
        for (std::size_t i = 0; i < target.size(); ++i) {
            target[i] = target[i] == 0 && !allows_zero && i < source.size() && static_cast<int>(i) != *batch ? source[i] : target[i];
        }
        target.erase(target.begin() + *batch);
        source.erase(source.begin() + input.batch_axis);
    }
    if (std::ranges::find(target, batch_extent) != target.end()) {
        return context.unsupported("its shape holds the size of the batch elsewhere than at the batch axis");
    }
    LUTRA_TRY(Shape resolved, resolved_target(context, context.shape(input), std::move(target), batch ? true : allows_zero));
    if (batch) {
        resolved.insert(resolved.begin() + *batch, batch_extent);
    }
    LUTRA_TRY(const Event result, emit_reshape(context, input, resolved));
    context.set_output(0, result);
    return {};
}

Result<void> import_flatten(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 1));
    LUTRA_TRY(const Event input, context.event(0));
    const Shape shape = context.full_shape(input);
    const auto rank = static_cast<std::int64_t>(shape.size());
    if (axis < -rank || axis > rank) {
        return context.invalid(fmt::format("axis {} is not one of a tensor with {} axes", axis, rank));
    }
    const auto split = static_cast<int>(axis < 0 ? axis + rank : axis);
    const std::int64_t before = product(first(shape, split));
    Shape target = {before, num_elements(context.shape(input)) / std::max<std::int64_t>(before, 1)};
    const bool batch_is_before = input.has_batch() && input.batch_axis < split;
    if (input.has_batch() && before == 1 && (batch_is_before || context.translation().batch_size == 1)) {
        if (!batch_is_before) {
            context.decide("the recorded batch of one event is flattened with the features; read as flattening of each event");
        }
        target[0] = batch_extent;
    } else if (input.has_batch()) {
        return context.unsupported(fmt::format("axis {} mixes the batch axis with others", axis), "flatten from axis 1 on");
    }
    LUTRA_TRY(const Event result, emit_reshape(context, input, target));
    context.set_output(0, result);
    return {};
}

Result<void> import_squeeze(NodeContext& context) {
    LUTRA_TRY(const auto axes, axes_of(context));
    LUTRA_TRY(Event input, context.event(0));
    Shape shape = context.full_shape(input);
    std::vector<bool> is_removed(shape.size(), false);
    for (std::size_t i = 0; i < shape.size(); ++i) {
        is_removed[i] = !axes && shape[i] == 1;
    }
    for (const std::int64_t axis : axes.value_or(std::vector<std::int64_t>{})) {
        LUTRA_TRY(const int position, context.checked_axis(axis, shape.size()));
        is_removed[static_cast<std::size_t>(position)] = true;
    }
    Shape target;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!is_removed[i]) {
            target.push_back(shape[i]);
        } else if (shape[i] == batch_extent && context.translation().batch_size == 1) {
            input = without_batch(context, input);
        } else if (shape[i] != 1) {
            return shape[i] == batch_extent ? context.unsupported("it removes the batch axis", "keep the batch axis to the end")
                                            : context.invalid(fmt::format("it removes axis {}, which has {} indices", i, shape[i]));
        }
    }
    LUTRA_TRY(const Event result, emit_reshape(context, input, target));
    context.set_output(0, result);
    return {};
}

Result<void> import_unsqueeze(NodeContext& context) {
    LUTRA_TRY(const auto axes, axes_of(context));
    LUTRA_TRY(const Event input, context.event(0));
    const Shape shape = context.full_shape(input);
    const std::size_t rank = shape.size() + axes.value_or(std::vector<std::int64_t>{}).size();
    if (!axes || rank > max_rank) {
        return context.invalid("it has no axes, or too many");
    }
    Shape target(rank, 0);
    for (const std::int64_t axis : *axes) {
        LUTRA_TRY(const int position, context.checked_axis(axis, rank));
        target[static_cast<std::size_t>(position)] = 1;
    }
    if (static_cast<std::size_t>(std::ranges::count(target, 1)) != axes->size()) {
        return context.invalid("an axis is given twice");
    }
    auto next = shape.begin();
    for (std::int64_t& extent : target) {
        extent = extent == 1 ? 1 : *next++;
    }
    LUTRA_TRY(const Event result, emit_reshape(context, input, target));
    context.set_output(0, result);
    return {};
}

Result<void> import_transpose(NodeContext& context) {
    LUTRA_TRY(auto permutation, context.integers("perm"));
    LUTRA_TRY(const Event input, context.event(0));
    const std::size_t rank = context.full_shape(input).size();
    if (!permutation) {
        permutation.emplace(rank);
        std::iota(permutation->rbegin(), permutation->rend(), 0);
    }
    std::vector<std::int64_t> sorted = *permutation;
    std::ranges::sort(sorted);
    std::vector<std::int64_t> axes(rank);
    std::iota(axes.begin(), axes.end(), 0);
    if (sorted != axes) {
        return context.invalid(fmt::format("perm [{}] is no permutation of {} axes", fmt::join(*permutation, ", "), rank));
    }
    Event result = input;
    std::vector<std::int64_t> of_event;
    for (std::size_t i = 0; i < rank; ++i) {
        const std::int64_t axis = (*permutation)[i];
        if (axis == input.batch_axis) {
            result.batch_axis = static_cast<int>(i);
        } else {
            of_event.push_back(input.has_batch() && axis > input.batch_axis ? axis - 1 : axis);
        }
    }
    if (!std::ranges::is_sorted(of_event)) {
        LUTRA_TRY(result.node, context.add("transpose", {{"permutation", std::move(of_event)}}, std::vector{input.node}));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_shape(NodeContext& context) {
    LUTRA_TRY(std::int64_t start, context.integer("start", 0));
    LUTRA_TRY(std::int64_t end, context.integer("end", max_rank));
    LUTRA_TRY(const Event input, context.event(0));
    const Shape shape = context.full_shape(input);
    const auto rank = static_cast<std::int64_t>(shape.size());
    start = std::clamp(start < 0 ? start + rank : start, std::int64_t{0}, rank);
    end = std::clamp(end < 0 ? end + rank : end, start, rank);
    context.set_output(0, make_integers({shape.begin() + start, shape.begin() + end}));
    return {};
}

}  // namespace lutra::onnx
