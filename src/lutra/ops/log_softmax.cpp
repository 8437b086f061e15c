#include "lutra/ops/log_softmax.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/ir/axis.h"
#include "lutra/ops/log.h"
#include "lutra/ops/softmax.h"
#include "lutra/ops/softmax_line.h"

namespace lutra {

namespace {

/// -d - log s of one line, with the distances d and the sum s of the softmax. Of the error E the sum gives up to 3/16 E, as its powers have relative errors of
/// E/16 and absolute ones of E / (8 (N + 1)) and it is at least 1; the logarithm E/2.
std::vector<AffineWire> lower_line(CircuitBuilder& builder, SoftmaxLine& softmax, WideFunction& log, std::span<const AffineWire> x) {
    const auto [distances, exponentials, sum] = softmax.powers(builder, x);
    const AffineWire log_of_sum{log.lower(builder, {sum})};
    std::vector<AffineWire> result;
    for (const Wire distance : distances.wires) {
        const std::array terms = {AffineTerm{{distance, distances.scale}, -1}, AffineTerm{log_of_sum, -1}};
        result.push_back(affine_sum(builder, terms, 0));
    }
    return result;
}

}  // namespace

Result<void> LogSoftmax::validate() const { return check_max_error(info.name, max_error); }

Result<Shape> LogSoftmax::infer_shape(std::span<const Shape> inputs) const { return Softmax{max_error, axis}.infer_shape(inputs); }

Result<WireTensor> LogSoftmax::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const AxisView view = view_of(inputs[0].shape, resolved_axis(axis, inputs[0].shape.size()));
    const int error_bits = error_bits_of(max_error);
    SoftmaxLine softmax(view.extent, error_bits);
    WideFunction log = Log{}.approximation(error_bits + 1);
    WireTensor result = inputs[0];
    for (std::size_t line = 0; line < view.num_lines(); ++line) {
        const auto places = view.line(line);
        std::vector<AffineWire> x;
        for (const std::size_t place : places) {
            x.push_back(inputs[0].elements[place]);
        }
        const auto y = lower_line(builder, softmax, log, x);
        for (std::size_t i = 0; i < places.size(); ++i) {
            result.elements[places[i]] = y[i];
        }
    }
    return result;
}

RealTensor LogSoftmax::reference(std::span<const RealTensor> inputs) const {
    const RealTensor& x = inputs[0];
    RealTensor y = x;
    const AxisView view = view_of(x.shape, resolved_axis(axis, x.shape.size()));
    for (std::size_t outer = 0; outer < view.outer_size; ++outer) {
        for (std::size_t inner = 0; inner < view.inner_size; ++inner) {
            double largest = -std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < view.extent; ++i) {
                largest = std::max(largest, x[view.element(outer, i, inner)]);
            }
            double sum = 0;
            for (std::size_t i = 0; i < view.extent; ++i) {
                sum += std::exp(x[view.element(outer, i, inner)] - largest);
            }
            for (std::size_t i = 0; i < view.extent; ++i) {
                const std::size_t place = view.element(outer, i, inner);
                y.values[place] = x[place] - largest - std::log(sum);
            }
        }
    }
    return y;
}

}  // namespace lutra
