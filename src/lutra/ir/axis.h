#pragma once

/// Axes of tensors: how attributes name them, and how elements are found along one.

#include <string_view>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/shape.h"

namespace lutra {

/// The axis counted from the front; a negative one counts from the last axis (-1). The axis must be valid.
std::size_t resolved_axis(std::int64_t axis, std::size_t rank);

/// The same, or an InvalidAttribute of the op when the tensor has no such axis.
Result<std::size_t> checked_axis(std::string_view op, std::int64_t axis, std::size_t rank);

/// A shape seen along one axis: element (outer, index, inner) stands at (outer * extent + index) * inner_size + inner.
struct AxisView {
    std::size_t outer_size = 1;
    std::size_t extent = 1;
    std::size_t inner_size = 1;

    std::size_t index_on_axis(std::size_t element) const { return element / inner_size % extent; }
    std::size_t element(std::size_t outer, std::size_t index, std::size_t inner) const { return (outer * extent + index) * inner_size + inner; }
    std::size_t num_lines() const { return outer_size * inner_size; }
    /// The elements of one line along the axis, lines counted row-major over the other axes.
    std::vector<std::size_t> line(std::size_t line_index) const;
};

AxisView view_of(const Shape& shape, std::size_t axis);

}  // namespace lutra
