#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "lutra/import/onnx/constant_moves.h"
#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/slice_ranges.h"

namespace lutra::onnx {

namespace {

/// An input of a Concat as a node: a constant becomes a layer.
Result<NodeId> concat_operand(NodeContext& context, std::size_t i, const Event& model) {
    if (!context.is_constant(i)) {
        LUTRA_TRY(const Event event, context.event(i));
        if (event.batch_axis != model.batch_axis) {
            return context.unsupported(fmt::format("the batch axes of its inputs are not the same: {} and {}", model.batch_axis, event.batch_axis),
                                       "transpose one of them");
        }
        return event.node;
    }
    RealTensor constant = to_real(*context.constant(i));
    if (model.has_batch()) {
        const bool is_one_event = constant.shape.size() > static_cast<std::size_t>(model.batch_axis) &&
                                  constant.shape[static_cast<std::size_t>(model.batch_axis)] == 1 && context.translation().batch_size == 1;
        if (!is_one_event) {
            return context.unsupported("it joins a constant with a batch of events", "add the constant in front of the layers that use it");
        }
        constant.shape.erase(constant.shape.begin() + model.batch_axis);
    }
    return context.add_constant(std::move(constant));
}

/// Appends a slice of one axis of the event; the whole axis costs no layer.
Result<Event> slice_axis(NodeContext& context, const Event& input, int axis, std::int64_t begin, std::int64_t end) {
    if (begin == 0 && end == context.shape(input)[static_cast<std::size_t>(axis)]) {
        return input;
    }
    return context.add(
        "slice",
        {{"starts", std::vector{begin}}, {"ends", std::vector{end}}, {"axes", std::vector{std::int64_t{axis}}}, {"steps", std::vector{std::int64_t{1}}}},
        input);
}

/// The parts of a Split along an axis of this extent.
Result<std::vector<std::int64_t>> split_sizes(NodeContext& context, std::int64_t extent) {
    LUTRA_TRY(const auto attribute, context.integers("split"));
    context.ignore("num_outputs");
    std::vector<std::int64_t> sizes = attribute.value_or(std::vector<std::int64_t>{});
    if (context.has_input(1)) {
        LUTRA_TRY(sizes, context.need_integers(1, "split"));
    }
    const auto num_outputs = static_cast<std::int64_t>(context.node().outputs.size());
    if (sizes.empty() && num_outputs > 0) {
        const std::int64_t size = (extent + num_outputs - 1) / num_outputs;
        for (std::int64_t i = 0; i < num_outputs; ++i) {
            sizes.push_back(std::clamp(extent - i * size, std::int64_t{0}, size));
        }
    }
    std::int64_t rest = extent;
    for (const std::int64_t size : sizes) {
        if (size < 0 || size > rest) {
            return context.invalid(fmt::format("its parts do not fit into the {} indices of the axis", extent));
        }
        rest -= size;
    }
    if (rest != 0 || static_cast<std::int64_t>(sizes.size()) != num_outputs) {
        return context.invalid(fmt::format("it has {} outputs; its {} parts leave {} of {} indices", num_outputs, sizes.size(), rest, extent));
    }
    return sizes;
}

/// Removes an axis of extent 1.
Result<Event> drop_axis(NodeContext& context, const Event& input, int event_axis, int full_axis) {
    Shape shape = context.shape(input);
    shape.erase(shape.begin() + event_axis);
    LUTRA_TRY(Event result, context.add("reshape", {{"shape", std::move(shape)}}, input));
    result.batch_axis -= input.batch_axis > full_axis ? 1 : 0;
    return result;
}

/// Gather of some indices along one axis: runs of neighbours become slices.
Result<Event> gather(NodeContext& context, const Event& input, int axis, const std::vector<std::int64_t>& indices) {
    constexpr std::size_t most_runs = 4096;
    const std::int64_t extent = context.shape(input)[static_cast<std::size_t>(axis)];
    std::vector<std::pair<std::int64_t, std::int64_t>> runs;
    for (const std::int64_t index : indices) {
        if (index < -extent || index >= extent) {
            return context.invalid(fmt::format("index {} is not among the {} of the axis", index, extent));
        }
        const std::int64_t resolved = index < 0 ? index + extent : index;
        if (!runs.empty() && runs.back().second == resolved) {
            ++runs.back().second;
        } else {
            runs.emplace_back(resolved, resolved + 1);
        }
    }
    if (runs.empty() || runs.size() > most_runs) {
        return context.unsupported(fmt::format("it gathers {} separate runs of indices; 1 to {} are supported", runs.size(), most_runs));
    }
    std::vector<NodeId> pieces;
    for (const auto& [begin, end] : runs) {
        LUTRA_TRY(const Event piece, slice_axis(context, input, axis, begin, end));
        pieces.push_back(piece.node);
    }
    Event result = input;
    result.node = pieces[0];
    if (pieces.size() > 1) {
        LUTRA_TRY(result.node, context.add("concat", {{"axis", std::int64_t{axis}}}, std::move(pieces)));
    }
    return result;
}

/// Rows of a constant matrix by indices of the event.
Result<void> import_embedding(NodeContext& context, std::int64_t axis) {
    const Tensor& rows = *context.constant(0);
    LUTRA_TRY(const Event indices, context.event(1));
    if (!rows.is_real() || rows.shape.size() != 2 || (axis != 0 && axis != -2)) {
        return context.unsupported(
            fmt::format("it takes pieces of {} of shape {} along axis {} by the event", to_string(rows.type), to_string(rows.shape), axis),
            "rows of a matrix of floats are supported");
    }
    LUTRA_TRY(Event result, context.add("embedding", {{"weights", to_real(rows)}}, indices));
    result.type = rows.type;
    context.decide("an index that is no row takes the first or the last row; negative ones do not count from the end");
    context.set_output(0, result);
    return {};
}

/// The parts of a constant.
Result<void> split_constant(NodeContext& context, const Tensor& x, std::int64_t axis) {
    LUTRA_TRY(const int position, context.checked_axis(axis, x.shape.size()));
    const auto place = static_cast<std::size_t>(position);
    LUTRA_TRY(const std::vector<std::int64_t> sizes, split_sizes(context, x.shape[place]));
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        auto picks = whole(x.shape);
        picks[place].resize(static_cast<std::size_t>(sizes[i]));
        std::iota(picks[place].begin(), picks[place].end(), begin);
        Shape shape = x.shape;
        shape[place] = sizes[i];
        LUTRA_TRY(Tensor part, moved(context, x, std::move(shape), picked(x.shape, picks)));
        context.set_output(i, std::move(part));
        begin += sizes[i];
    }
    return {};
}

}  // namespace

Result<void> import_concat(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 1));
    std::optional<Event> model;
    for (std::size_t i = 0; i < context.num_inputs() && !model; ++i) {
        if (context.has_input(i) && !context.is_constant(i)) {
            LUTRA_TRY(model, context.event(i));
        }
    }
    if (!model) {
        return context.invalid("it has no input");
    }
    LUTRA_TRY(const int event_axis, context.event_axis(*model, axis, "Concat"));
    std::vector<NodeId> operands;
    for (std::size_t i = 0; i < context.num_inputs(); ++i) {
        if (!context.has_input(i)) {
            return context.invalid(fmt::format("input {} is missing", i));
        }
        LUTRA_TRY(const NodeId operand, concat_operand(context, i, *model));
        operands.push_back(operand);
    }
    Event result = *model;
    LUTRA_TRY(result.node, context.add("concat", {{"axis", std::int64_t{event_axis}}}, std::move(operands)));
    context.set_output(0, result);
    return {};
}

Result<void> import_slice(NodeContext& context) {
    LUTRA_TRY(const Event input, context.event(0));
    LUTRA_TRY(const std::vector<SliceRange> ranges, slice_ranges(context, context.full_shape(input).size()));
    std::vector<std::int64_t> starts;
    std::vector<std::int64_t> ends;
    std::vector<std::int64_t> axes;
    std::vector<std::int64_t> steps;
    for (const SliceRange& range : ranges) {
        if (range.axis == input.batch_axis) {
            const std::int64_t end = context.translation().batch_size == 1 ? 1 : std::numeric_limits<std::int32_t>::max();
            if (range.start != 0 || range.end < end || range.step != 1) {
                return context.unsupported("it takes some of the events of a batch", "slice the other axes only");
            }
            continue;
        }
        LUTRA_TRY(const int axis, context.event_axis(input, range.axis, "Slice"));
        starts.push_back(range.start);
        ends.push_back(range.end);
        axes.push_back(axis);
        steps.push_back(range.step);
    }
    Event result = input;
    if (!axes.empty()) {
        LUTRA_TRY(result, context.add("slice", {{"starts", starts}, {"ends", ends}, {"axes", axes}, {"steps", steps}}, input));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_split(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 0));
    if (const Tensor* constant = context.constant(0)) {
        return split_constant(context, *constant, axis);
    }
    LUTRA_TRY(const Event input, context.event(0));
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, "Split"));
    LUTRA_TRY(const std::vector<std::int64_t> sizes, split_sizes(context, context.shape(input)[static_cast<std::size_t>(event_axis)]));
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (context.is_used(i)) {
            LUTRA_TRY(const Event part, slice_axis(context, input, event_axis, begin, begin + sizes[i]));
            context.set_output(i, part);
        }
        begin += sizes[i];
    }
    return {};
}

Result<void> import_gather(NodeContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", 0));
    if (context.is_constant(0) && !context.is_constant(1)) {
        return import_embedding(context, axis);
    }
    LUTRA_TRY(Event input, context.event(0));
    LUTRA_TRY(const Tensor* indices, context.need_constant(1, "indices"));
    if (indices->is_real() || indices->shape.size() > 1) {
        return context.unsupported(
            fmt::format("its indices are {} of shape {}; one list of integers is supported", to_string(indices->type), to_string(indices->shape)));
    }
    LUTRA_TRY(const int full_axis, context.checked_axis(axis, context.full_shape(input).size()));
    const bool is_first = indices->is_scalar() && (indices->integers[0] == 0 || indices->integers[0] == -1);
    if (full_axis == input.batch_axis && is_first && context.translation().batch_size == 1) {
        if (indices->shape.empty()) {
            context.decide("the axis of the recorded batch of one event is left out here");
            input.batch_axis = -1;
        }
        context.set_output(0, input);
        return {};
    }
    LUTRA_TRY(const int event_axis, context.event_axis(input, axis, "Gather"));
    LUTRA_TRY(Event result, gather(context, input, event_axis, indices->integers));
    if (indices->shape.empty()) {
        LUTRA_TRY(result, drop_axis(context, result, event_axis, full_axis));
    }
    context.set_output(0, result);
    return {};
}

Result<void> import_array_feature_extractor(NodeContext& context) {
    if (context.is_constant(0)) {
        return import_label_lookup(context);
    }
    LUTRA_TRY(const Event input, context.event(0));
    LUTRA_TRY(const Tensor* indices, context.need_constant(1, "indices"));
    if (indices->is_real()) {
        return context.invalid("its indices must be integers");
    }
    LUTRA_TRY(const int event_axis, context.event_axis(input, -1, "ArrayFeatureExtractor"));
    LUTRA_TRY(const Event result, gather(context, input, event_axis, indices->integers));
    context.set_output(0, result);
    return {};
}

}  // namespace lutra::onnx
