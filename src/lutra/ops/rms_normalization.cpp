#include "lutra/ops/rms_normalization.h"

#include <array>
#include <cmath>

#include "lutra/ops/line_normalization.h"

namespace lutra {

Result<void> RmsNormalization::validate() const { return check_max_error(info.name, max_error); }

Result<Shape> RmsNormalization::infer_shape(std::span<const Shape> inputs) const {
    LUTRA_TRY(const NormalizedAxes axes, normalized_axes(info.name, inputs[0], axis, std::array{&scale}));
    if (auto valid = check_normalization(info.name, epsilon, max_error, scale, axes.length); !valid) {
        return std::unexpected(std::move(valid).error());
    }
    return inputs[0];
}

Result<WireTensor> RmsNormalization::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    LUTRA_TRY(const NormalizedAxes axes, normalized_axes(info.name, inputs[0].shape, axis, std::array{&scale}));
    const auto as_they_are = [](CircuitBuilder&, const std::vector<Wire>& v) { return v; };
    const RealTensor no_bias = 0.0;
    return lower_lines(builder, inputs[0], axes,
                       {.differences = as_they_are, .epsilon_power = 1, .epsilon = epsilon, .scale = scale, .bias = no_bias, .max_error = max_error});
}

RealTensor RmsNormalization::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    const std::size_t length = normalized_axes(info.name, y.shape, axis, std::array{&scale})->length;
    for (std::size_t begin = 0; begin < y.size(); begin += length) {
        double squares = 0;
        for (std::size_t i = 0; i < length; ++i) {
            squares += y[begin + i] * y[begin + i];
        }
        const double root = std::sqrt(squares / static_cast<double>(length) + epsilon);
        for (std::size_t i = 0; i < length; ++i) {
            y.values[begin + i] = root > 0 ? y[begin + i] / root * parameter_at(scale, i) : 0;
        }
    }
    return y;
}

}  // namespace lutra
