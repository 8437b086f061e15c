#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/onnx/constant_moves.h"
#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/pad_parameters.h"

namespace lutra::onnx {

namespace {

/// Where a shape of a constant has the batch, one value serves all events: broadcasting and the events themselves do the rest.
void leave_batch_out(NodeContext& context, Shape& shape) {
    for (std::int64_t& extent : shape) {
        if (extent == batch_extent) {
            context.decide("a constant that is the same for every event of the batch stands here once");
            extent = 1;
        }
    }
}

/// Number of start, start + delta, ... before the limit.
std::int64_t count_of_range(double start, double limit, double delta) {
    return static_cast<std::int64_t>(std::clamp(std::ceil((limit - start) / delta), 0.0, 0x1p40));
}

}  // namespace

Result<Tensor> fold_expand(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(Shape target, context.need_integers(1, "shape"));
    leave_batch_out(context, target);
    const auto shape =
        std::ranges::any_of(target, [](std::int64_t extent) { return extent < 0; }) || target.size() > max_rank ? std::nullopt : broadcast(x->shape, target);
    const auto count = shape ? checked_num_elements(*shape) : std::nullopt;
    if (!count) {
        return context.invalid(fmt::format("{} does not expand to [{}]", to_string(x->shape), fmt::join(target, ", ")));
    }
    return moved(context, *x, *shape, broadcast_elements(x->shape, *shape));
}

Result<Tensor> fold_tile(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const std::vector<std::int64_t> repeats, context.need_integers(1, "repeats"));
    if (repeats.size() != x->shape.size()) {
        return context.invalid(fmt::format("it has {} repeats for {} axes", repeats.size(), x->shape.size()));
    }
    Shape shape = x->shape;
    auto picks = whole(x->shape);
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (repeats[axis] < 0 || repeats[axis] > max_elements || shape[axis] * repeats[axis] > max_elements) {
            return context.invalid(fmt::format("it repeats axis {} {} times", axis, repeats[axis]));
        }
        shape[axis] *= repeats[axis];
    }
    if (!checked_num_elements(shape)) {
        return context.invalid("its result is too large");
    }
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const std::vector<std::int64_t> once = picks[axis];
        picks[axis].clear();
        for (std::int64_t i = 0; i < shape[axis]; ++i) {
            picks[axis].push_back(once[static_cast<std::size_t>(i) % once.size()]);
        }
    }
    return moved(context, *x, std::move(shape), picked(x->shape, picks));
}

Result<Tensor> fold_pad(NodeContext& context) {
    LUTRA_TRY(const Tensor* x, context.need_constant(0, "operand"));
    LUTRA_TRY(const PadParameters parameters, pad_parameters(context, x->shape.size()));
    Shape shape = x->shape;
    std::vector<std::int64_t> before(shape.size(), 0);
    for (std::size_t i = 0; i < parameters.axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(parameters.axes[i]);
        const auto [first, last] = parameters.widths[i];
        if (first < 0 || last < 0 || first > max_elements || last > max_elements) {
            return context.unsupported(fmt::format("it pads by {} and {}", first, last), "use Slice to take indices away");
        }
        before[axis] = first;
        shape[axis] += first + last;
    }
    const auto count = checked_num_elements(shape);
    if (!count) {
        return context.invalid("its result is too large");
    }
    if (auto fits = context.reserve_constant(*count); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    constexpr double most = 0x1p53;
    if (!x->is_real() && (x->type == ElementType::String || !(std::abs(parameters.value) < most))) {
        return context.unsupported(fmt::format("it pads {} with {}", to_string(x->type), parameters.value), "compute the constant before the export");
    }
    Tensor result = make_tensor(x->type, shape);
    std::ranges::fill(result.reals, round_to(x->type, parameters.value));
    std::ranges::fill(result.integers, static_cast<std::int64_t>(parameters.value));
    auto places = whole(x->shape);
    for (std::size_t axis = 0; axis < places.size(); ++axis) {
        for (std::int64_t& place : places[axis]) {
            place += before[axis];
        }
    }
    const std::vector<std::size_t> targets = picked(shape, places);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (x->is_real()) {
            result.reals[targets[i]] = x->reals[i];
        } else {
            result.integers[targets[i]] = x->integers[i];
        }
    }
    return result;
}

Result<Tensor> fold_range(NodeContext& context) {
    LUTRA_TRY(const Tensor* start, context.need_constant(0, "start"));
    LUTRA_TRY(const Tensor* limit, context.need_constant(1, "limit"));
    LUTRA_TRY(const Tensor* delta, context.need_constant(2, "delta"));
    for (const Tensor* tensor : {start, limit, delta}) {
        if (!tensor->is_scalar() || tensor->type != start->type || tensor->type == ElementType::String) {
            return context.invalid("its start, limit and delta must be numbers of one type");
        }
        if (!tensor->is_real() && tensor->integers[0] == batch_extent) {
            return context.unsupported("it counts to the size of the batch", "give every event its own position, or none");
        }
    }
    if (delta->value(0) == 0) {
        return context.invalid("its delta is 0");
    }
    const std::int64_t count = count_of_range(start->value(0), limit->value(0), delta->value(0));
    if (auto fits = context.reserve_constant(count); !fits || count > max_elements) {
        return fits ? Result<Tensor>(context.invalid("its result is too large")) : std::unexpected(std::move(fits).error());
    }
    Tensor result = make_tensor(start->type, {count});
    for (std::int64_t i = 0; i < count; ++i) {
        const auto place = static_cast<std::size_t>(i);
        if (result.is_real()) {
            result.reals[place] = round_to(result.type, start->reals[0] + static_cast<double>(i) * delta->reals[0]);
        } else {
            std::int64_t step = 0;
            if (__builtin_mul_overflow(i, delta->integers[0], &step) || __builtin_add_overflow(start->integers[0], step, &result.integers[place])) {
                return context.unsupported("it overflows", "compute the constant before the export");
            }
        }
    }
    return result;
}

}  // namespace lutra::onnx
