#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "lutra/import/onnx/emit_elementwise.h"
#include "lutra/import/onnx/families.h"

namespace lutra::onnx {

namespace {

/// A reduction as the file has it.
struct Reduction {
    Event input;
    std::vector<int> event_axes;  ///< that are reduced, ascending
    int num_before_batch = 0;     ///< of the file's axes that are reduced
    bool keeps_axes = true;

    bool is_reduced(std::size_t axis) const { return std::ranges::find(event_axes, static_cast<int>(axis)) != event_axes.end(); }
    std::int64_t num_reduced(const Shape& shape) const {
        std::int64_t count = 1;
        for (const int axis : event_axes) {
            count *= shape[static_cast<std::size_t>(axis)];
        }
        return count;
    }
};

Result<Reduction> reduction_of(NodeContext& context) {
    LUTRA_TRY(const std::int64_t keepdims, context.integer("keepdims", 1));
    LUTRA_TRY(const std::int64_t does_nothing, context.integer("noop_with_empty_axes", 0));
    LUTRA_TRY(auto axes, context.integers("axes"));
    if (context.has_input(1)) {
        LUTRA_TRY(axes, context.need_integers(1, "axes"));
    }
    Reduction reduction;
    LUTRA_TRY(reduction.input, context.real_event(0));
    reduction.keeps_axes = keepdims != 0;
    const std::size_t rank = context.full_shape(reduction.input).size();
    std::vector<std::int64_t> wanted = axes.value_or(std::vector<std::int64_t>{});
    if (wanted.empty() && does_nothing == 0) {
        wanted.resize(rank);
        std::iota(wanted.begin(), wanted.end(), 0);
    }
    for (const std::int64_t axis : wanted) {
        LUTRA_TRY(const int full_axis, context.checked_axis(axis, rank));
        LUTRA_TRY(const int event_axis, context.event_axis(reduction.input, axis, context.node().op_type));
        if (reduction.is_reduced(static_cast<std::size_t>(event_axis))) {
            return context.invalid(fmt::format("axis {} is given twice", axis));
        }
        reduction.event_axes.push_back(event_axis);
        reduction.num_before_batch += full_axis < reduction.input.batch_axis ? 1 : 0;
    }
    std::ranges::sort(reduction.event_axes);
    return reduction;
}

/// Sets the output from the reduced values, whose axes have vanished.
Result<void> finish(NodeContext& context, const Reduction& reduction, Event result) {
    result.batch_axis = reduction.input.batch_axis;
    if (!reduction.keeps_axes) {
        result.batch_axis -= reduction.num_before_batch;
    } else if (!reduction.event_axes.empty()) {
        Shape shape = context.shape(reduction.input);
        for (const int axis : reduction.event_axes) {
            shape[static_cast<std::size_t>(axis)] = 1;
        }
        LUTRA_TRY(result, context.add("reshape", {{"shape", std::move(shape)}}, result));
    }
    context.set_output(0, result);
    return {};
}

/// Reduces axis after axis by an op that takes one.
Result<void> reduce_lines(NodeContext& context, std::string_view op) {
    LUTRA_TRY(const Reduction reduction, reduction_of(context));
    Event result = reduction.input;
    for (auto axis = reduction.event_axes.rbegin(); axis != reduction.event_axes.rend(); ++axis) {
        LUTRA_TRY(result, context.add(op, {{"axis", std::int64_t{*axis}}}, result));
    }
    return finish(context, reduction, result);
}

/// Sums the axes; of the squares where asked for.
Result<Event> summed(NodeContext& context, const Reduction& reduction, bool squares) {
    std::string letters;
    std::string kept;
    for (std::size_t axis = 0; axis < context.shape(reduction.input).size(); ++axis) {
        letters += static_cast<char>('a' + axis);
        kept += reduction.is_reduced(axis) ? "" : letters.substr(axis);
    }
    const std::string equation = squares ? fmt::format("{},{}->{}", letters, letters, kept) : fmt::format("{}->{}", letters, kept);
    Event result = reduction.input;
    LUTRA_TRY(result.node, context.add("einsum", {{"equation", equation}}, std::vector<NodeId>(squares ? 2 : 1, reduction.input.node)));
    return result;
}

}  // namespace

Result<void> import_reduce_max(NodeContext& context) { return reduce_lines(context, "reduce_max"); }
Result<void> import_reduce_min(NodeContext& context) { return reduce_lines(context, "reduce_min"); }

Result<void> import_reduce_sum(NodeContext& context) {
    LUTRA_TRY(const Reduction reduction, reduction_of(context));
    LUTRA_TRY(const Event result, summed(context, reduction, false));
    return finish(context, reduction, result);
}

Result<void> import_reduce_sum_square(NodeContext& context) {
    LUTRA_TRY(const Reduction reduction, reduction_of(context));
    LUTRA_TRY(const Event result, summed(context, reduction, true));
    return finish(context, reduction, result);
}

Result<void> import_reduce_mean(NodeContext& context) {
    LUTRA_TRY(const Reduction reduction, reduction_of(context));
    const std::int64_t count = reduction.num_reduced(context.shape(reduction.input));
    if (count == 0) {
        return context.invalid("it takes the mean of nothing");
    }
    LUTRA_TRY(Event result, summed(context, reduction, false));
    LUTRA_TRY(result, emit_with_number(context, "multiply", result, 1 / static_cast<double>(count)));
    if ((count & (count - 1)) != 0) {
        context.decide(fmt::format("the factor 1 / {} of the mean is rounded to 53 bits; the sum is exact", count));
    }
    return finish(context, reduction, result);
}

}  // namespace lutra::onnx
