#include "lutra/ops/line_reduction.h"

#include <fmt/format.h>

namespace lutra {

Result<Shape> shape_without_axis(std::string_view op, const Shape& shape, int axis) {
    LUTRA_TRY(const std::size_t removed, checked_axis(op, axis, shape.size()));
    if (shape[removed] == 0) {
        return fail(DiagnosticId::ShapeMismatch, std::string(op), fmt::format("axis {} of the shape {} has no element", axis, to_string(shape)));
    }
    Shape result = shape;
    result.erase(result.begin() + static_cast<std::ptrdiff_t>(removed));
    return result;
}

}  // namespace lutra
