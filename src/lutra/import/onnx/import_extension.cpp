#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/pad_parameters.h"

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

}  // namespace

Result<void> import_pad(NodeContext& context) {
    LUTRA_TRY(Event result, context.event(0));
    LUTRA_TRY(const PadParameters parameters, pad_parameters(context, context.full_shape(result).size()));
    for (std::size_t i = 0; i < parameters.axes.size(); ++i) {
        const auto around = parameters.widths[i];
        if (around == std::pair{std::int64_t{0}, std::int64_t{0}}) {
            continue;
        }
        LUTRA_TRY(const int event_axis, context.event_axis(result, parameters.axes[i], "Pad"));
        LUTRA_TRY(result, pad_axis(context, result, event_axis, around, parameters.value));
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
