#include "lutra/ops/batch_normalization.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/ir/axis.h"

namespace lutra {

namespace {

double at(const RealTensor& parameter, std::size_t channel) { return parameter.shape.empty() ? parameter[0] : parameter[channel]; }

}  // namespace

Result<void> BatchNormalization::validate() const {
    const bool is_positive =
        std::isfinite(epsilon) && epsilon >= 0 && std::ranges::all_of(variance.values, [&](double v) { return v >= 0 && v + epsilon > 0; });
    if (!is_positive) {
        return fail(DiagnosticId::InvalidAttribute, "batch_normalization", "a variance plus epsilon is not positive");
    }
    return {};
}

Result<Shape> BatchNormalization::infer_shape(std::span<const Shape> inputs) const {
    LUTRA_TRY(const std::size_t channel_axis, checked_axis(info.name, axis, inputs[0].size()));
    const Shape per_channel = {inputs[0][channel_axis]};
    for (const RealTensor* parameter : {&scale, &bias, &mean, &variance}) {
        if (!parameter->shape.empty() && parameter->shape != per_channel) {
            return fail(DiagnosticId::ShapeMismatch, std::string(info.name),
                        fmt::format("a parameter has the shape {}; axis {} of the input has {} indices", to_string(parameter->shape), axis, per_channel[0]));
        }
    }
    const double largest = std::numeric_limits<double>::max();
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(per_channel[0]); ++channel) {
        if (!(std::abs(at(scale, channel) / std::sqrt(at(variance, channel) + epsilon)) <= largest)) {
            return fail(DiagnosticId::InvalidAttribute, std::string(info.name), fmt::format("the factor of channel {} is not finite", channel));
        }
    }
    return inputs[0];
}

Result<WireTensor> BatchNormalization::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    WireTensor result = inputs[0];
    const AxisView view = view_of(result.shape, resolved_axis(axis, result.shape.size()));
    for (std::size_t i = 0; i < result.elements.size(); ++i) {
        const std::size_t channel = view.index_on_axis(i);
        const Dyadic factor = Dyadic::from_double(at(scale, channel) / std::sqrt(at(variance, channel) + epsilon));
        const Dyadic shift = Dyadic::from_double(at(bias, channel)) - Dyadic::from_double(at(mean, channel)) * factor;
        const std::array terms = {AffineTerm{result.elements[i], factor}};
        result.elements[i] = affine_sum(builder, terms, shift);
    }
    return result;
}

RealTensor BatchNormalization::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    const std::size_t rank = y.shape.size();
    const std::size_t channel_axis = axis < 0 ? rank - static_cast<std::size_t>(-axis) : static_cast<std::size_t>(axis);
    std::size_t stride = 1;
    for (std::size_t i = channel_axis + 1; i < rank; ++i) {
        stride *= static_cast<std::size_t>(y.shape[i]);
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
        const std::size_t channel = i / stride % static_cast<std::size_t>(y.shape[channel_axis]);
        const double deviation = std::sqrt(at(variance, channel) + epsilon);
        y.values[i] = (y.values[i] - at(mean, channel)) / deviation * at(scale, channel) + at(bias, channel);
    }
    return y;
}

}  // namespace lutra
