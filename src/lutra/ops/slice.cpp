#include "lutra/ops/slice.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/ir/axis.h"
#include "lutra/ir/gather.h"

namespace lutra {

namespace {

/// The indices that are taken along one axis.
std::vector<std::int64_t> taken_indices(std::int64_t extent, std::int64_t start, std::int64_t end, std::int64_t step) {
    const auto from_front = [extent](std::int64_t index) { return index < 0 ? index + extent : index; };
    std::vector<std::int64_t> taken;
    if (step > 0) {
        const std::int64_t last = std::clamp<std::int64_t>(from_front(end), 0, extent);
        for (std::int64_t i = std::clamp<std::int64_t>(from_front(start), 0, extent); i < last; i += std::min(step, extent)) {
            taken.push_back(i);
        }
    } else {
        const std::int64_t last = std::clamp<std::int64_t>(from_front(end), -1, extent - 1);
        for (std::int64_t i = std::clamp<std::int64_t>(from_front(start), -1, extent - 1); i > last; i += std::max(step, -extent)) {
            taken.push_back(i);
        }
    }
    return taken;
}

/// The indices taken along every axis.
std::vector<std::vector<std::int64_t>> taken_of(const Slice& op, const Shape& shape) {
    std::vector<std::vector<std::int64_t>> taken;
    for (const std::int64_t extent : shape) {
        taken.push_back(taken_indices(extent, 0, extent, 1));
    }
    for (std::size_t i = 0; i < op.starts.size(); ++i) {
        const std::size_t axis = op.axes.empty() ? i : resolved_axis(op.axes[i], shape.size());
        taken[axis] = taken_indices(shape[axis], op.starts[i], op.ends[i], op.steps.empty() ? 1 : op.steps[i]);
    }
    return taken;
}

}  // namespace

Result<void> Slice::validate() const {
    const std::size_t count = starts.size();
    if (ends.size() != count || (!axes.empty() && axes.size() != count) || (!steps.empty() && steps.size() != count)) {
        return fail(DiagnosticId::InvalidAttribute, "slice",
                    fmt::format("{} starts, {} ends, {} axes and {} steps do not fit", count, ends.size(), axes.size(), steps.size()),
                    "give one of each per axis");
    }
    if (std::ranges::find(steps, 0) != steps.end()) {
        return fail(DiagnosticId::InvalidAttribute, "slice", "a step is 0");
    }
    return {};
}

Result<Shape> Slice::infer_shape(std::span<const Shape> inputs) const {
    std::vector<bool> is_sliced(inputs[0].size(), false);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        LUTRA_TRY(const std::size_t axis, checked_axis(info.name, axes.empty() ? static_cast<std::int64_t>(i) : axes[i], inputs[0].size()));
        if (is_sliced[axis]) {
            return fail(DiagnosticId::InvalidAttribute, "slice", fmt::format("axis {} is named twice", axis));
        }
        is_sliced[axis] = true;
    }
    Shape shape;
    for (const auto& taken : taken_of(*this, inputs[0])) {
        shape.push_back(static_cast<std::int64_t>(taken.size()));
    }
    return shape;
}

Result<WireTensor> Slice::lower(CircuitBuilder&, std::span<const WireTensor> inputs) const { return gather(inputs[0], taken_of(*this, inputs[0].shape)); }

RealTensor Slice::reference(std::span<const RealTensor> inputs) const {
    // Axis after axis, from the rule of numpy: every element whose index is start + n * step and lies before end.
    RealTensor y = inputs[0];
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const auto rank = static_cast<std::int64_t>(y.shape.size());
        const std::int64_t named = axes.empty() ? static_cast<std::int64_t>(i) : axes[i];
        const auto axis = static_cast<std::size_t>(named < 0 ? named + rank : named);
        const AxisView view = view_of(y.shape, axis);
        const auto extent = static_cast<std::int64_t>(view.extent);
        const std::int64_t step = steps.empty() ? 1 : steps[i];
        std::int64_t begin = starts[i] < 0 ? starts[i] + extent : starts[i];
        std::int64_t end = ends[i] < 0 ? ends[i] + extent : ends[i];
        begin = step > 0 ? std::max<std::int64_t>(begin, 0) : std::min(begin, extent - 1);
        end = step > 0 ? std::min(end, extent) : std::max<std::int64_t>(end, -1);
        std::vector<std::int64_t> kept;
        for (std::int64_t n = 0; n < extent; ++n) {
            const std::int64_t index = step > 0 ? n : extent - 1 - n;
            const bool is_inside = step > 0 ? index >= begin && index < end : index <= begin && index > end;
            if (is_inside && (index - begin) % step == 0) {
                kept.push_back(index);
            }
        }
        RealTensor part{y.shape, {}};
        part.shape[axis] = static_cast<std::int64_t>(kept.size());
        for (std::size_t outer = 0; outer < view.outer_size; ++outer) {
            for (const std::int64_t index : kept) {
                for (std::size_t inner = 0; inner < view.inner_size; ++inner) {
                    part.values.push_back(y[view.element(outer, static_cast<std::size_t>(index), inner)]);
                }
            }
        }
        y = std::move(part);
    }
    return y;
}

}  // namespace lutra
