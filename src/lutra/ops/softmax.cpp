#include "lutra/ops/softmax.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/ir/axis.h"
#include "lutra/ops/softmax_line.h"

namespace lutra {

Result<void> Softmax::validate() const { return check_max_error(info.name, max_error); }

Result<Shape> Softmax::infer_shape(std::span<const Shape> inputs) const {
    LUTRA_TRY(const std::size_t summed, checked_axis(info.name, axis, inputs[0].size()));
    constexpr std::int64_t most_classes = 1 << 16;
    if (inputs[0][summed] == 0 || inputs[0][summed] > most_classes) {
        return fail(DiagnosticId::UnsupportedShape, "softmax",
                    fmt::format("axis {} of the shape {} does not have 1 to {} elements", axis, to_string(inputs[0]), most_classes));
    }
    return inputs[0];
}

Result<WireTensor> Softmax::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const AxisView view = view_of(inputs[0].shape, resolved_axis(axis, inputs[0].shape.size()));
    SoftmaxLine softmax(view.extent, error_bits_of(max_error));
    WireTensor result = inputs[0];
    for (std::size_t line = 0; line < view.num_lines(); ++line) {
        const auto places = view.line(line);
        std::vector<AffineWire> x;
        for (const std::size_t place : places) {
            x.push_back(inputs[0].elements[place]);
        }
        const auto y = softmax.lower(builder, x);
        for (std::size_t i = 0; i < places.size(); ++i) {
            result.elements[places[i]] = y[i];
        }
    }
    return result;
}

RealTensor Softmax::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    const AxisView view = view_of(y.shape, resolved_axis(axis, y.shape.size()));
    for (std::size_t outer = 0; outer < view.outer_size; ++outer) {
        for (std::size_t inner = 0; inner < view.inner_size; ++inner) {
            double largest = y[view.element(outer, 0, inner)];
            for (std::size_t i = 1; i < view.extent; ++i) {
                largest = std::max(largest, y[view.element(outer, i, inner)]);
            }
            double sum = 0;
            for (std::size_t i = 0; i < view.extent; ++i) {
                double& value = y.values[view.element(outer, i, inner)];
                value = std::exp(value - largest);
                sum += value;
            }
            for (std::size_t i = 0; i < view.extent; ++i) {
                y.values[view.element(outer, i, inner)] /= sum;
            }
        }
    }
    return y;
}

}  // namespace lutra
