#pragma once

/// What the ops share that reduce an axis to one element: the largest, the smallest.

#include "lutra/ir/axis.h"
#include "lutra/ir/layer_op.h"
#include "lutra/ops/tournament.h"

namespace lutra {

/// The shape without one axis, which must have an element; fails otherwise in the name of the op.
Result<Shape> shape_without_axis(std::string_view op, const Shape& shape, int axis);

/// The base of the op `Reduction`, which adds info, fields and `combine` of two wires and of two doubles.
template <typename Reduction>
struct LineReduction {
    int axis = -1;  ///< vanishes; negative: counted from the last axis

    Result<Shape> infer_shape(std::span<const Shape> inputs) const { return shape_without_axis(Reduction::info.name, inputs[0], axis); }

    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
        const AxisView view = view_of(inputs[0].shape, resolved_axis(axis, inputs[0].shape.size()));
        LUTRA_TRY(Shape shape, shape_without_axis(Reduction::info.name, inputs[0].shape, axis));
        WireTensor result{std::move(shape), {}};
        for (std::size_t line = 0; line < view.num_lines(); ++line) {
            std::vector<AffineWire> elements;
            for (const std::size_t element : view.line(line)) {
                elements.push_back(inputs[0].elements[element]);
            }
            ScaledWires values = with_common_scale(builder, elements);
            const Wire reduced = tournament(std::move(values.wires), [&](Wire a, Wire b) { return Reduction::combine(builder, a, b); });
            result.elements.push_back({reduced, values.scale});
        }
        return result;
    }

    RealTensor reference(std::span<const RealTensor> inputs) const {
        const RealTensor& x = inputs[0];
        const AxisView view = view_of(x.shape, resolved_axis(axis, x.shape.size()));
        RealTensor y{shape_without_axis(Reduction::info.name, x.shape, axis).value(), {}};
        for (std::size_t outer = 0; outer < view.outer_size; ++outer) {
            for (std::size_t inner = 0; inner < view.inner_size; ++inner) {
                double value = x[view.element(outer, 0, inner)];
                for (std::size_t i = 1; i < view.extent; ++i) {
                    value = Reduction::combine(value, x[view.element(outer, i, inner)]);
                }
                y.values.push_back(value);
            }
        }
        return y;
    }
};

}  // namespace lutra
