#include "lutra/ops/dense.h"

#include <fmt/format.h>

namespace lutra {

Result<void> Dense::validate() const {
    if (weights.shape.size() != 2 || (!bias.shape.empty() && bias.shape != Shape{weights.shape[1]})) {
        return fail(DiagnosticId::InvalidAttribute, "dense",
                    fmt::format("weights of shape {} and bias of shape {} do not fit", to_string(weights.shape), to_string(bias.shape)),
                    "weights have the shape (inputs, outputs), a bias has the shape (outputs)");
    }
    return {};
}

Result<Shape> Dense::infer_shape(std::span<const Shape> inputs) const {
    if (inputs[0].empty() || inputs[0].back() != weights.shape[0]) {
        return fail(DiagnosticId::ShapeMismatch, "dense",
                    fmt::format("the input has the shape {}; its last axis must be {}", to_string(inputs[0]), weights.shape[0]));
    }
    Shape shape = inputs[0];
    shape.back() = weights.shape[1];
    return shape;
}

Result<WireTensor> Dense::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    const auto num_inputs = static_cast<std::size_t>(weights.shape[0]);
    const auto num_outputs = static_cast<std::size_t>(weights.shape[1]);
    const WireTensor& x = inputs[0];
    WireTensor result{x.shape, {}};
    result.shape.back() = weights.shape[1];
    const std::size_t num_positions = num_inputs == 0 ? 1 : x.elements.size() / num_inputs;
    for (std::size_t position = 0; position < num_positions; ++position) {
        for (std::size_t j = 0; j < num_outputs; ++j) {
            std::vector<AffineTerm> terms;
            for (std::size_t i = 0; i < num_inputs; ++i) {
                if (const double weight = weights[i * num_outputs + j]; weight != 0) {
                    terms.push_back({x.elements[position * num_inputs + i], Dyadic::from_double(weight)});
                }
            }
            result.elements.push_back(affine_sum(builder, terms, Dyadic::from_double(bias.size() == 1 ? bias[0] : bias[j])));
        }
    }
    return result;
}

RealTensor Dense::reference(std::span<const RealTensor> inputs) const {
    const RealTensor& x = inputs[0];
    RealTensor y{x.shape, {}};
    y.shape.back() = weights.shape[1];
    const auto rows = static_cast<std::size_t>(weights.shape[0]);
    const auto columns = static_cast<std::size_t>(weights.shape[1]);
    for (std::size_t begin = 0; begin + rows <= x.size() && rows > 0; begin += rows) {
        std::vector<double> sums(columns, 0.0);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < columns; ++j) {
                sums[j] += x[begin + i] * weights[i * columns + j];
            }
        }
        for (std::size_t j = 0; j < columns; ++j) {
            y.values.push_back(sums[j] + (bias.shape.empty() ? bias[0] : bias[j]));
        }
    }
    return y;
}

}  // namespace lutra
