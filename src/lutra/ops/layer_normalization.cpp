#include "lutra/ops/layer_normalization.h"

#include <array>
#include <cmath>

#include "lutra/ops/line_normalization.h"

namespace lutra {

namespace {

/// n * (v_i - mean) for n values: integers again.
std::vector<Wire> centred(CircuitBuilder& builder, const std::vector<Wire>& v) {
    const int count = static_cast<int>(v.size());
    std::vector<LinearTerm> all;
    for (const Wire wire : v) {
        all.push_back({wire, 1});
    }
    const Wire total = builder.sum(all, 0);
    std::vector<Wire> differences;
    for (const Wire wire : v) {
        differences.push_back(builder.sum(std::array{LinearTerm{wire, count}, LinearTerm{total, -1}}, 0));
    }
    return differences;
}

}  // namespace

Result<void> LayerNormalization::validate() const { return check_max_error(info.name, max_error); }

Result<Shape> LayerNormalization::infer_shape(std::span<const Shape> inputs) const {
    LUTRA_TRY(const NormalizedAxes axes, normalized_axes(info.name, inputs[0], axis, std::array{&scale, &bias}));
    if (auto valid = check_normalization(info.name, epsilon, max_error, scale, axes.length); !valid) {
        return std::unexpected(std::move(valid).error());
    }
    return inputs[0];
}

Result<WireTensor> LayerNormalization::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    LUTRA_TRY(const NormalizedAxes axes, normalized_axes(info.name, inputs[0].shape, axis, std::array{&scale, &bias}));
    // With d = n (v - mean) the variance is the sum of d^2 times s^2 / n^3.
    constexpr int power = 3;
    return lower_lines(builder, inputs[0], axes,
                       {.differences = centred, .epsilon_power = power, .epsilon = epsilon, .scale = scale, .bias = bias, .max_error = max_error});
}

RealTensor LayerNormalization::reference(std::span<const RealTensor> inputs) const {
    RealTensor y = inputs[0];
    const std::size_t length = normalized_axes(info.name, y.shape, axis, std::array{&scale, &bias})->length;
    for (std::size_t begin = 0; begin < y.size(); begin += length) {
        double mean = 0;
        for (std::size_t i = 0; i < length; ++i) {
            mean += y[begin + i] / static_cast<double>(length);
        }
        double variance = 0;
        for (std::size_t i = 0; i < length; ++i) {
            variance += (y[begin + i] - mean) * (y[begin + i] - mean) / static_cast<double>(length);
        }
        const double deviation = std::sqrt(variance + epsilon);
        for (std::size_t i = 0; i < length; ++i) {
            const double normalized = deviation > 0 ? (y[begin + i] - mean) / deviation : 0;
            y.values[begin + i] = normalized * parameter_at(scale, i) + parameter_at(bias, i);
        }
    }
    return y;
}

}  // namespace lutra
