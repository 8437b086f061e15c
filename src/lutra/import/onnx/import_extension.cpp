#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// A constant block along one axis of the event, all of one value.
Result<NodeId> add_block(NodeContext& context, Shape shape, int axis, std::int64_t extent, double value) {
    shape[static_cast<std::size_t>(axis)] = extent;
    const auto count = checked_num_elements(shape);
    if (!count) {
        return context.invalid(fmt::format("it pads by {} indices, which is negative or too large", extent));
    }
    if (auto fits = context.reserve_constant(*count); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    return context.add_constant(RealTensor{std::move(shape), std::vector<double>(static_cast<std::size_t>(*count), value)});
}

/// Appends blocks of one value before and behind an axis of the event.
Result<Event> pad_axis(NodeContext& context, const Event& input, int axis, std::pair<std::int64_t, std::int64_t> widths, double value) {
    if (widths.first < 0 || widths.second < 0) {
        return context.unsupported(fmt::format("it pads by {} and {}, which takes indices away", widths.first, widths.second), "use Slice");
    }
    std::vector<NodeId> pieces;
    pieces.reserve(3);
    if (widths.first > 0) {
        LUTRA_TRY(const NodeId block, add_block(context, context.shape(input), axis, widths.first, value));
        pieces.push_back(block);
    }
    pieces.push_back(input.node);
    if (widths.second > 0) {
        LUTRA_TRY(const NodeId block, add_block(context, context.shape(input), axis, widths.second, value));
        pieces.push_back(block);
    }
    Event result = input;
    if (pieces.size() > 1) {
        LUTRA_TRY(result.node, context.add("concat", {{"axis", std::int64_t{axis}}}, std::move(pieces)));
    }
    return result;
}

/// What stands at the new indices: an attribute of old files, an input of new ones.
Result<double> pad_value(NodeContext& context) {
    LUTRA_TRY(const double attribute, context.real("value", 0.0));
    if (!context.has_input(2)) {
        return attribute;
    }
    LUTRA_TRY(const Tensor* constant, context.need_constant(2, "constant_value"));
    return constant->is_scalar() ? Result<double>(constant->value(0)) : context.invalid(fmt::format("its value must be a scalar, not of shape {}", to_string(constant->shape)));
}

/// All widths before, then all behind, one per axis of the file's shape or per axis that the node lists.
Result<std::vector<std::int64_t>> pad_widths(NodeContext& context) {
    if (context.has_input(1)) {
        return context.need_integers(1, "pads");
    }
    // Opset 1 calls them paddings.
    LUTRA_TRY(const auto paddings, context.integers("paddings"));
    LUTRA_TRY(const auto pads, context.integers("pads"));
    return pads ? *pads : paddings.value_or(std::vector<std::int64_t>{});
}

Result<std::vector<int>> padded_axes(NodeContext& context, std::size_t rank) {
    std::vector<int> axes;
    if (context.has_input(3)) {
        LUTRA_TRY(const std::vector<std::int64_t> listed, context.need_integers(3, "axes"));
        for (const std::int64_t axis : listed) {
            LUTRA_TRY(const int position, context.checked_axis(axis, rank));
            axes.push_back(position);
        }
        return axes;
    }
    for (std::size_t axis = 0; axis < rank; ++axis) {
        axes.push_back(static_cast<int>(axis));
    }
    return axes;
}

}  // namespace

Result<void> import_pad(NodeContext& context) {
    LUTRA_TRY(const std::string mode, context.string("mode", "constant"));
    if (mode != "constant") {
        return context.unsupported(fmt::format("its mode is '{}'", mode), "pad with a constant");
    }
    LUTRA_TRY(Event result, context.event(0));
    LUTRA_TRY(const double value, pad_value(context));
    LUTRA_TRY(const std::vector<std::int64_t> widths, pad_widths(context));
    LUTRA_TRY(const std::vector<int> axes, padded_axes(context, context.full_shape(result).size()));
    if (widths.size() != 2 * axes.size()) {
        return context.invalid(fmt::format("it has {} widths for {} axes; two for each are needed", widths.size(), axes.size()));
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::pair around = {widths[i], widths[axes.size() + i]};
        if (around == std::pair{std::int64_t{0}, std::int64_t{0}}) {
            continue;
        }
        LUTRA_TRY(const int event_axis, context.event_axis(result, axes[i], "Pad"));
        LUTRA_TRY(result, pad_axis(context, result, event_axis, around, value));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_expand(NodeContext& context) {
    LUTRA_TRY(const Event input, context.event(0));
    LUTRA_TRY(std::vector<std::int64_t> target, context.need_integers(1, "shape"));
    Shape source = context.full_shape(input);
    const std::size_t rank = std::max(source.size(), target.size());
    if (rank > max_rank) {
        return context.invalid(fmt::format("its shape has {} axes; at most {} are supported", rank, max_rank));
    }
    Event result = input;
    result.batch_axis += input.has_batch() ? static_cast<int>(rank - source.size()) : 0;
    source.insert(source.begin(), rank - source.size(), 1);
    target.insert(target.begin(), rank - target.size(), 1);
    Shape shape;
    for (std::size_t i = 0; i < rank; ++i) {
        const bool fits = target[i] == 1 || target[i] == source[i] || (source[i] == 1 && target[i] >= 0);
        if (static_cast<int>(i) == result.batch_axis) {
            if (!fits && target[i] != context.translation().batch_size) {
                return context.unsupported(fmt::format("it repeats the batch {} times", target[i]), "give 1 at the batch axis");
            }
            continue;
        }
        if (!fits) {
            return context.invalid(fmt::format("{} does not expand to [{}]", to_string(context.shape(input)), fmt::join(target, ", ")));
        }
        shape.push_back(target[i] == 1 ? source[i] : target[i]);
    }
    if (shape != context.shape(input)) {
        LUTRA_TRY(result.node, context.add("broadcast", {{"shape", std::move(shape)}}, std::vector{input.node}));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_tile(NodeContext& context) {
    constexpr std::int64_t most_repeats = 4096;
    LUTRA_TRY(Event result, context.event(0));
    LUTRA_TRY(const std::vector<std::int64_t> repeats, context.need_integers(1, "repeats"));
    const std::size_t rank = context.full_shape(result).size();
    if (repeats.size() != rank) {
        return context.invalid(fmt::format("it has {} repeats for {} axes", repeats.size(), rank));
    }
    for (std::size_t i = 0; i < rank; ++i) {
        if (repeats[i] == 1) {
            continue;
        }
        if (repeats[i] < 1 || repeats[i] > most_repeats) {
            return context.unsupported(fmt::format("it repeats axis {} {} times; 1 to {} are supported", i, repeats[i], most_repeats));
        }
        LUTRA_TRY(const int event_axis, context.event_axis(result, static_cast<std::int64_t>(i), "Tile"));
        const std::vector<NodeId> copies(static_cast<std::size_t>(repeats[i]), result.node);
        LUTRA_TRY(result.node, context.add("concat", {{"axis", std::int64_t{event_axis}}}, copies));
    }
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
