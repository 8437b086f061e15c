#include "lutra/import/onnx/slice_ranges.h"

#include <algorithm>

namespace lutra::onnx {

namespace {

/// A list of a Slice: the attribute of old files or the input of new ones; empty when there is neither.
Result<std::vector<std::int64_t>> list_of(NodeContext& context, std::string_view name, std::size_t input) {
    LUTRA_TRY(const auto attribute, context.integers(name));
    return context.has_input(input) ? context.need_integers(input, name) : Result<std::vector<std::int64_t>>(attribute.value_or(std::vector<std::int64_t>{}));
}

}  // namespace

Result<std::vector<SliceRange>> slice_ranges(NodeContext& context, std::size_t rank) {
    LUTRA_TRY(const std::vector<std::int64_t> starts, list_of(context, "starts", 1));
    LUTRA_TRY(const std::vector<std::int64_t> ends, list_of(context, "ends", 2));
    LUTRA_TRY(const std::vector<std::int64_t> axes, list_of(context, "axes", 3));
    LUTRA_TRY(const std::vector<std::int64_t> steps, list_of(context, "steps", 4));
    const bool fits = starts.size() == ends.size() && (axes.empty() || axes.size() == starts.size()) && (steps.empty() || steps.size() == starts.size());
    if (!fits || std::ranges::find(steps, 0) != steps.end()) {
        return context.invalid("its starts, ends, axes and steps do not have the same number of entries, or a step is 0");
    }
    std::vector<SliceRange> ranges;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        LUTRA_TRY(const int axis, context.checked_axis(axes.empty() ? static_cast<std::int64_t>(i) : axes[i], rank));
        const bool is_new = std::ranges::none_of(ranges, [&](const SliceRange& range) { return range.axis == axis; });
        if (!is_new || starts[i] == batch_extent || ends[i] == batch_extent) {
            return context.unsupported("an axis is given twice, or a bound is the size of the batch");
        }
        ranges.push_back({axis, starts[i], ends[i], steps.empty() ? 1 : steps[i]});
    }
    return ranges;
}

}  // namespace lutra::onnx
