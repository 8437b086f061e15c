#include "lutra/ops/concat.h"

#include <fmt/format.h>

#include "lutra/ir/axis.h"

namespace lutra {

Result<Shape> Concat::infer_shape(std::span<const Shape> inputs) const {
    LUTRA_TRY(const std::size_t joined, checked_axis(info.name, axis, inputs[0].size()));
    Shape shape = inputs[0];
    for (const Shape& input : inputs.subspan(1)) {
        Shape expected = inputs[0];
        if (input.size() == expected.size()) {
            expected[joined] = input[joined];
            shape[joined] += input[joined];
        }
        if (input != expected) {
            return fail(DiagnosticId::ShapeMismatch, "concat",
                        fmt::format("the shapes {} and {} differ in more than axis {}", to_string(inputs[0]), to_string(input), axis));
        }
    }
    return shape;
}

Result<WireTensor> Concat::lower(CircuitBuilder&, std::span<const WireTensor> inputs) const {
    const std::size_t joined = resolved_axis(axis, inputs[0].shape.size());
    WireTensor result{inputs[0].shape, {}};
    result.shape[joined] = 0;
    for (const WireTensor& input : inputs) {
        result.shape[joined] += input.shape[joined];
    }
    const std::size_t num_blocks = view_of(result.shape, joined).outer_size;
    for (std::size_t block = 0; block < num_blocks; ++block) {
        for (const WireTensor& input : inputs) {
            const AxisView view = view_of(input.shape, joined);
            const auto first = input.elements.begin() + static_cast<std::ptrdiff_t>(view.element(block, 0, 0));
            result.elements.insert(result.elements.end(), first, first + static_cast<std::ptrdiff_t>(view.extent * view.inner_size));
        }
    }
    return result;
}

RealTensor Concat::reference(std::span<const RealTensor> inputs) const {
    const auto rank = static_cast<int>(inputs[0].shape.size());
    const auto joined = static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
    Shape shape = inputs[0].shape;
    shape[joined] = 0;
    for (const RealTensor& input : inputs) {
        shape[joined] += input.shape[joined];
    }
    std::int64_t inner = 1;
    for (std::size_t i = joined + 1; i < shape.size(); ++i) {
        inner *= shape[i];
    }
    // Element by element from the coordinates of the result, other than lower() does it.
    RealTensor y(shape, std::vector<double>(static_cast<std::size_t>(num_elements(shape))));
    for (std::size_t i = 0; i < y.size(); ++i) {
        const auto position = static_cast<std::int64_t>(i);
        const std::int64_t outer = position / inner / shape[joined];
        std::int64_t index = position / inner % shape[joined];
        std::size_t source = 0;
        while (index >= inputs[source].shape[joined]) {
            index -= inputs[source++].shape[joined];
        }
        y.values[i] = inputs[source][static_cast<std::size_t>((outer * inputs[source].shape[joined] + index) * inner + position % inner)];
    }
    return y;
}

}  // namespace lutra
