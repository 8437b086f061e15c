// Weights through the quantisers of QKeras, step by step in single precision as QKeras computes them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "lutra/import/keras/qkeras_quantizer.h"

namespace lutra::keras {

namespace {

constexpr float keras_epsilon = 1e-7F;
constexpr float log_of_two = 0.69314718056F;

float sign_of(float x) { return x > 0 ? 1.0F : x < 0 ? -1.0F : 0.0F; }
float sign_or_one(float x) { return x < 0 ? -1.0F : 1.0F; }

/// The nearest power of two by its logarithm.
float power_of_two_near(float scale) { return std::exp2(std::nearbyint(std::log(scale + keras_epsilon) / log_of_two)); }

/// A tensor and which scale each element has: one per channel (the last axis); vectors have one for all or one for each.
struct Channels {
    std::vector<float> x;
    std::size_t count = 1;
    bool is_vector = false;

    explicit Channels(const RealTensor& values) {
        std::ranges::transform(values.values, std::back_inserter(x), [](double value) { return static_cast<float>(value); });
        is_vector = values.shape.size() < 2;
        count = is_vector ? 1 : static_cast<std::size_t>(values.shape.back());
    }
    /// The scale of element i, of `scales` per channel or per element.
    float scale_of(const std::vector<float>& scales, std::size_t i) const { return scales[scales.size() == x.size() ? i : i % count]; }

    std::vector<float> largest() const {
        std::vector<float> result(count, 0.0F);
        for (std::size_t i = 0; i < x.size(); ++i) {
            result[i % count] = std::max(result[i % count], std::abs(x[i]));
        }
        return result;
    }

    /// The least-squares scale of x over q: per channel, but per element of a vector.
    std::vector<float> fitted(const std::vector<float>& q, QKerasScaling scaling) const {
        const std::size_t number = is_vector ? x.size() : count;
        std::vector<double> qx(number, 0.0);
        std::vector<double> qq(number, 0.0);
        const auto rows = static_cast<double>(x.size()) / static_cast<double>(number);
        for (std::size_t i = 0; i < x.size(); ++i) {
            qx[i % number] += static_cast<double>(x[i] * q[i]);
            qq[i % number] += static_cast<double>(q[i] * q[i]);
        }
        std::vector<float> scales;
        for (std::size_t c = 0; c < number; ++c) {
            const float scale = static_cast<float>(qx[c] / rows) / (static_cast<float>(qq[c] / rows) + keras_epsilon);
            scales.push_back(scaling == QKerasScaling::AutoPowerOfTwo ? power_of_two_near(scale) : scale);
        }
        return scales;
    }
};

std::vector<float> quantize_bits_automatic(const QKerasQuantizer& quantizer, const Channels& channels) {
    const float m = std::ldexp(1.0F, quantizer.unsigned_bits());
    const float m_i = std::ldexp(1.0F, quantizer.integer);
    const float half_levels = std::ldexp(1.0F, quantizer.bits - 1) - 1;
    Channels scaled = channels;
    for (float& value : scaled.x) {
        value /= m_i;
    }
    std::vector<float> scales = scaled.largest();
    for (float& scale : scales) {
        scale = scale * 2 / (half_levels * 2);
    }
    std::vector<float> z(scaled.x.size());
    const auto quantize = [&] {
        for (std::size_t i = 0; i < z.size(); ++i) {
            const float v = std::floor(std::abs(scaled.x[i]) / scaled.scale_of(scales, i) + 0.5F);
            z[i] = sign_of(scaled.x[i]) * (v < half_levels ? v : half_levels);
        }
    };
    if (quantizer.scaling == QKerasScaling::AutoPowerOfTwo) {
        std::ranges::transform(scales, scales.begin(), power_of_two_near);
        constexpr int num_rounds = 5;
        for (int round = 0; round < num_rounds; ++round) {
            quantize();
            scales = scaled.fitted(z, QKerasScaling::AutoPowerOfTwo);
        }
    } else {
        quantize();
    }
    for (std::size_t i = 0; i < z.size(); ++i) {
        z[i] = scaled.scale_of(scales, i) * m * (m_i * z[i] / m);
    }
    return z;
}

std::vector<float> quantize_bits_constant(const QKerasQuantizer& quantizer, const Channels& channels) {
    const int unsigned_bits = quantizer.unsigned_bits();
    const float m = std::ldexp(1.0F, unsigned_bits);
    const float low = quantizer.keep_negative ? -m + (quantizer.symmetric ? 1.0F : 0.0F) : 0.0F;
    std::vector<float> result;
    for (const float x : channels.x) {
        const float integer = std::clamp(std::nearbyint(std::ldexp(x, unsigned_bits - quantizer.integer)), low, m - 1);
        result.push_back(unsigned_bits > 0 ? std::ldexp(integer, quantizer.integer - unsigned_bits) : sign_or_one(x));
    }
    return result;
}

/// The scales of quantized_linear: per channel, but per element of a vector.
std::vector<float> linear_scales(const QKerasQuantizer& quantizer, const Channels& channels, float low, float high,
                                 const std::function<std::vector<float>(const std::vector<float>&)>& integers) {
    const std::size_t number = channels.is_vector ? channels.x.size() : channels.count;
    std::vector<float> scales(number, 0.0F);
    for (std::size_t i = 0; i < channels.x.size(); ++i) {
        const float value = quantizer.keep_negative ? std::abs(channels.x[i]) : channels.x[i];
        float& largest = scales[i % number];
        largest = i < number ? value : std::max(largest, value);
    }
    for (float& scale : scales) {
        scale = std::max(scale * (quantizer.keep_negative ? 2.0F : 1.0F) / (high - low), keras_epsilon);
    }
    if (quantizer.scaling == QKerasScaling::Auto) {
        return scales;
    }
    std::ranges::transform(scales, scales.begin(), power_of_two_near);
    const int num_rounds = quantizer.is_linear_sign() ? 1 : 5;
    for (int round = 0; round < num_rounds; ++round) {
        std::vector<float> fitted = channels.fitted(integers(scales), QKerasScaling::AutoPowerOfTwo);
        if (std::exchange(scales, fitted) == fitted) {
            break;
        }
    }
    return scales;
}

std::vector<float> quantize_linear(const QKerasQuantizer& quantizer, const Channels& channels, const std::vector<float>& alphas) {
    const bool is_sign = quantizer.is_linear_sign();
    const float levels = std::ldexp(1.0F, quantizer.unsigned_bits());
    const float low = is_sign ? -0.5F : quantizer.keep_negative ? -levels + (quantizer.symmetric ? 1.0F : 0.0F) : 0.0F;
    const float high = is_sign ? 0.5F : levels - 1;
    const float shift = is_sign ? 0.5F : 0.0F;
    const auto integers = [&](const std::vector<float>& scales) {
        std::vector<float> q;
        for (std::size_t i = 0; i < channels.x.size(); ++i) {
            q.push_back(std::nearbyint(std::clamp(channels.x[i] / channels.scale_of(scales, i), low, high) - shift) + shift);
        }
        return q;
    };
    std::vector<float> scales;
    if (quantizer.scaling == QKerasScaling::Constant) {
        std::ranges::transform(alphas, std::back_inserter(scales), [&](float alpha) { return alpha * static_cast<float>(quantizer.type_step()); });
    } else {
        scales = linear_scales(quantizer, channels, low, high, integers);
    }
    std::vector<float> result = integers(scales);
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] *= channels.scale_of(scales, i);
    }
    return result;
}

std::vector<float> quantize_ternary_automatic(const QKerasQuantizer& quantizer, const Channels& channels) {
    std::vector<float> scales = channels.largest();
    for (float& scale : scales) {
        scale = 2 * scale / 3.0F;
        scale = quantizer.scaling == QKerasScaling::AutoPowerOfTwo ? power_of_two_near(scale) : scale;
    }
    std::vector<float> q(channels.x.size(), 0.0F);
    for (int round = 0; round < quantizer.num_unrolls; ++round) {
        for (std::size_t i = 0; i < q.size(); ++i) {
            const float scale = channels.scale_of(scales, i);
            const bool is_beyond = std::abs(scale * std::nearbyint(channels.x[i] / scale)) >= scale / 2;
            q[i] = is_beyond ? sign_of(channels.x[i]) : 0.0F;
        }
        scales = channels.fitted(q, quantizer.scaling);
    }
    for (std::size_t i = 0; i < q.size(); ++i) {
        q[i] *= channels.scale_of(scales, i);
    }
    return q;
}

std::vector<float> quantize_signs(const QKerasQuantizer& quantizer, const Channels& channels) {
    std::vector<float> q;
    for (const float x : channels.x) {
        const float sign = quantizer.kind == QKerasKind::Binary ? sign_or_one(x) : std::abs(x) >= static_cast<float>(quantizer.threshold) ? sign_of(x) : 0.0F;
        q.push_back(quantizer.is_zero_one ? (sign + 1) / 2 : sign);
    }
    if (quantizer.scaling != QKerasScaling::Constant) {
        const std::vector<float> scales = channels.fitted(q, quantizer.scaling);
        for (std::size_t i = 0; i < q.size(); ++i) {
            q[i] *= channels.scale_of(scales, i);
        }
    }
    return q;
}

/// The power of two for x >= 0.
float power_of_two(const QKerasQuantizer& quantizer, float x) {
    const auto [low, high] = exponent_range(quantizer);
    const int factor = quantizer.is_quadratic ? 2 : 1;
    if (x < keras_epsilon) {
        return std::exp2(static_cast<float>(low));
    }
    const float bounded = quantizer.max_value != 0 ? std::min(x, static_cast<float>(quantizer.max_value)) : x;
    const float log = std::log(quantizer.is_quadratic ? std::sqrt(bounded) : bounded) / log_of_two;
    const float exponent = std::clamp(quantizer.floors_log ? std::floor(log) : std::nearbyint(log), static_cast<float>(low), static_cast<float>(high));
    return std::exp2(static_cast<float>(factor) * exponent);
}

std::vector<float> quantize_powers(const QKerasQuantizer& quantizer, const Channels& channels) {
    std::vector<float> result;
    for (const float x : channels.x) {
        if (quantizer.kind == QKerasKind::PowerOfTwo) {
            result.push_back(sign_or_one(x) * power_of_two(quantizer, std::abs(x)));
        } else if (x >= 0 || quantizer.negative_slope == 0) {
            result.push_back(power_of_two(quantizer, std::max(x, 0.0F)));
        } else {
            result.push_back(-power_of_two(quantizer, -x * static_cast<float>(quantizer.negative_slope)));
        }
    }
    return result;
}

std::vector<float> quantize_relu(const QKerasQuantizer& quantizer, const Channels& channels) {
    const float m = std::ldexp(1.0F, quantizer.bits);
    std::vector<float> result;
    for (const float x : channels.x) {
        const float integer = std::clamp(std::nearbyint(std::ldexp(x, quantizer.bits - quantizer.integer)), 0.0F, m - 1);
        result.push_back(std::ldexp(integer, quantizer.integer - quantizer.bits));
    }
    return result;
}

/// `alphas` are those of the elements, which only quantized_linear needs here.
Result<std::vector<float>> quantize(const LayerContext& context, const QKerasQuantizer& quantizer, const Channels& channels, const std::vector<float>& alphas) {
    const bool is_automatic = quantizer.scaling != QKerasScaling::Constant;
    switch (quantizer.kind) {
        case QKerasKind::Bits:
            if (is_automatic && quantizer.bits < 2) {
                break;
            }
            return is_automatic ? quantize_bits_automatic(quantizer, channels) : quantize_bits_constant(quantizer, channels);
        case QKerasKind::Linear: return quantize_linear(quantizer, channels, alphas);
        case QKerasKind::Ternary: return is_automatic ? quantize_ternary_automatic(quantizer, channels) : quantize_signs(quantizer, channels);
        case QKerasKind::Binary: return quantize_signs(quantizer, channels);
        case QKerasKind::PowerOfTwo:
        case QKerasKind::ReluPowerOfTwo: return quantize_powers(quantizer, channels);
        case QKerasKind::Relu:
            if (quantizer.negative_slope == 0 && !quantizer.uses_sigmoid && quantizer.upper_bound == 0) {
                return quantize_relu(quantizer, channels);
            }
            break;
        case QKerasKind::Tanh:
        case QKerasKind::Sigmoid: break;
    }
    return context.unsupported(fmt::format("its quantiser '{}' with these options is not supported for weights", quantizer.name), "use quantized_bits");
}

}  // namespace

Result<RealTensor> quantize_qkeras_constant(const LayerContext& context, const QKerasQuantizer& quantizer, const RealTensor& values) {
    if (broadcast(quantizer.alpha.shape, values.shape) != values.shape) {
        return context.unsupported(
            fmt::format("the alpha of its quantiser has the shape {}, the weight {}", to_string(quantizer.alpha.shape), to_string(values.shape)));
    }
    const auto alpha_index = broadcast_indices(quantizer.alpha.shape, values.shape);
    std::vector<float> alphas;
    std::ranges::transform(alpha_index, std::back_inserter(alphas),
                           [&](std::int64_t i) { return static_cast<float>(quantizer.alpha[static_cast<std::size_t>(i)]); });
    LUTRA_TRY(const std::vector<float> quantized, quantize(context, quantizer, Channels(values), alphas));
    RealTensor result = values;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const float alpha = quantizer.kind == QKerasKind::Linear ? 1.0F : alphas[i];
        result.values[i] = static_cast<double>(alpha * quantized[i]) + 0.0;
        if (!std::isfinite(result.values[i])) {
            return context.bad_weights(fmt::format("its quantiser '{}' gives a value that is not finite: a channel is all zero", quantizer.name));
        }
    }
    return result;
}

}  // namespace lutra::keras
