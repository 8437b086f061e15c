#include "lutra/ir/axis.h"

#include <fmt/format.h>

#include "lutra/base/assert.h"

namespace lutra {

std::size_t resolved_axis(std::int64_t axis, std::size_t rank) {
    const auto signed_rank = static_cast<std::int64_t>(rank);
    LUTRA_ASSERT(axis >= -signed_rank && axis < signed_rank);
    return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

Result<std::size_t> checked_axis(std::string_view op, std::int64_t axis, std::size_t rank) {
    const auto signed_rank = static_cast<std::int64_t>(rank);
    if (axis < -signed_rank || axis >= signed_rank) {
        return fail(DiagnosticId::InvalidAttribute, std::string(op), fmt::format("a tensor of {} axes has no axis {}", rank, axis),
                    "axes count from 0, negative ones from the last axis; the batch axis does not count");
    }
    return resolved_axis(axis, rank);
}

std::vector<std::size_t> AxisView::line(std::size_t line_index) const {
    std::vector<std::size_t> elements(extent);
    for (std::size_t i = 0; i < extent; ++i) {
        elements[i] = element(line_index / inner_size, i, line_index % inner_size);
    }
    return elements;
}

AxisView view_of(const Shape& shape, std::size_t axis) {
    AxisView view;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        (i < axis ? view.outer_size : (i == axis ? view.extent : view.inner_size)) *= static_cast<std::size_t>(shape[i]);
    }
    return view;
}

}  // namespace lutra
