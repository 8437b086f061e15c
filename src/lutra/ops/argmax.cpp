#include "lutra/ops/argmax.h"

#include "lutra/ops/line_reduction.h"

namespace lutra {

namespace {

/// The best of a range of elements so far.
struct Candidate {
    Wire value;
    Wire index;
};

/// Lower indices always stand on the left of the tournament and win ties.
Wire index_of_largest(CircuitBuilder& builder, const std::vector<Wire>& values) {
    std::vector<Candidate> round;
    for (std::size_t i = 0; i < values.size(); ++i) {
        round.push_back({values[i], builder.constant(Dyadic(Integer(static_cast<std::int64_t>(i))))});
    }
    const auto winner = [&](const Candidate& left, const Candidate& right) {
        const Wire right_wins = builder.less(left.value, right.value);
        return Candidate{builder.max(left.value, right.value), builder.mux(right_wins, right.index, left.index)};
    };
    return tournament(std::move(round), winner).index;
}

}  // namespace

Result<Shape> Argmax::infer_shape(std::span<const Shape> inputs) const { return shape_without_axis(info.name, inputs[0], axis); }

Result<WireTensor> Argmax::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const std::size_t removed = resolved_axis(axis, inputs[0].shape.size());
    const AxisView view = view_of(inputs[0].shape, removed);
    WireTensor result{inputs[0].shape, {}};
    result.shape.erase(result.shape.begin() + static_cast<std::ptrdiff_t>(removed));
    for (std::size_t line = 0; line < view.num_lines(); ++line) {
        std::vector<AffineWire> elements;
        for (const std::size_t element : view.line(line)) {
            elements.push_back(inputs[0].elements[element]);
        }
        result.elements.push_back({index_of_largest(builder, with_common_scale(builder, elements).wires)});
    }
    return result;
}

RealTensor Argmax::reference(std::span<const RealTensor> inputs) const {
    const RealTensor& x = inputs[0];
    const std::size_t removed = resolved_axis(axis, x.shape.size());
    const AxisView view = view_of(x.shape, removed);
    RealTensor y{x.shape, {}};
    y.shape.erase(y.shape.begin() + static_cast<std::ptrdiff_t>(removed));
    for (std::size_t outer = 0; outer < view.outer_size; ++outer) {
        for (std::size_t inner = 0; inner < view.inner_size; ++inner) {
            std::size_t best = 0;
            for (std::size_t i = 1; i < view.extent; ++i) {
                best = x[view.element(outer, i, inner)] > x[view.element(outer, best, inner)] ? i : best;
            }
            y.values.push_back(static_cast<double>(best));
        }
    }
    return y;
}

}  // namespace lutra
