#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/batch_normalization_weights.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/qkeras_quantizer.h"

namespace lutra::keras {

namespace {

/// A weight through the quantiser that an option names; as it is when there is none.
Result<RealTensor> quantised(LayerContext& context, std::string_view option, const RealTensor& weight, QKerasPlace place) {
    const Json& json = context.option(option);
    if (json.is_null()) {
        return weight;
    }
    LUTRA_TRY(const QKerasQuantizer quantizer, read_qkeras_quantizer(context, json, option, place));
    return quantize_qkeras_constant(context, quantizer, weight);
}

/// x * kernel + bias with both quantised, then the activation.
Result<NodeId> emit_dense(LayerContext& context, const RealTensor& kernel, const RealTensor* bias) {
    LUTRA_TRY(RealTensor weights, quantised(context, "kernel_quantizer", kernel, QKerasPlace::Kernel));
    RealTensor offsets = 0.0;
    context.ignore({"bias_quantizer", "kernel_range", "bias_range"});
    if (bias != nullptr) {
        LUTRA_TRY(offsets, quantised(context, "bias_quantizer", *bias, QKerasPlace::Bias));
    }
    LUTRA_TRY(const NodeId sum, context.add("dense", {{"weights", std::move(weights)}, {"bias", std::move(offsets)}}, {context.input()}));
    return emit_qkeras_activation(context, "activation", context.option("activation"), sum);
}

Result<void> check_dense(LayerContext& context, const RealTensor& kernel, const RealTensor* bias) {
    LUTRA_TRY(const std::int64_t units, context.integer("units", 0));
    const Shape& shape = context.shape(context.input());
    if (shape.empty()) {
        return context.invalid("its input is a scalar");
    }
    if (auto fits = context.check_shape(kernel, "kernel", {shape.back(), units}); !fits) {
        return fits;
    }
    return bias == nullptr ? Result<void>() : context.check_shape(*bias, "bias", {units});
}

/// Folds a normalisation into kernel and bias, step by step in single precision as QKeras does.
void fold(const NormalizationWeights& normalization, float epsilon, bool has_center, RealTensor& kernel, RealTensor& bias) {
    for (std::size_t c = 0; c < bias.size(); ++c) {
        const float factor = normalization.gamma_at(c) * (1 / std::sqrt(static_cast<float>(normalization.variance[c]) + epsilon));
        const float beta = has_center ? static_cast<float>(normalization.beta[c]) : 0.0F;
        bias.values[c] = static_cast<double>(factor * (static_cast<float>(bias[c]) - static_cast<float>(normalization.mean[c])) + beta);
        for (std::size_t i = c; i < kernel.size(); i += bias.size()) {
            kernel.values[i] = static_cast<double>(factor * static_cast<float>(kernel[i]));
        }
    }
}

}  // namespace

Result<NodeId> import_qkeras_dense(LayerContext& context) {
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    LUTRA_TRY(const auto weights, has_bias ? context.weights({"kernel", "bias"}) : context.weights({"kernel"}));
    const RealTensor* bias = has_bias ? &weights[1] : nullptr;
    if (auto checked = check_dense(context, weights[0], bias); !checked) {
        return std::unexpected(checked.error());
    }
    return emit_dense(context, weights[0], bias);
}

Result<NodeId> import_qkeras_activation(LayerContext& context) { return emit_qkeras_activation(context, "", context.option("activation"), context.input()); }

/// (x - mean) / sqrt(variance + epsilon) * gamma + beta with all four quantised.
Result<NodeId> import_qkeras_batch_normalization(LayerContext& context) {
    context.ignore({"beta_range", "gamma_range", "inverse_quantizer", "beta_quantizer", "gamma_quantizer"});
    if (context.has("inverse_quantizer")) {
        return context.unsupported("it has an inverse_quantizer", "quantise gamma and variance instead");
    }
    LUTRA_TRY(BatchNormalizationLayer layer, read_batch_normalization(context));
    NormalizationWeights& weights = layer.weights;
    if (!weights.gamma.shape.empty()) {
        LUTRA_TRY(weights.gamma, quantised(context, "gamma_quantizer", weights.gamma, QKerasPlace::Kernel));
    }
    if (layer.has_center) {
        LUTRA_TRY(weights.beta, quantised(context, "beta_quantizer", weights.beta, QKerasPlace::Bias));
    }
    LUTRA_TRY(weights.mean, quantised(context, "mean_quantizer", weights.mean, QKerasPlace::Bias));
    LUTRA_TRY(weights.variance, quantised(context, "variance_quantizer", weights.variance, QKerasPlace::Kernel));
    context.decide("the factor gamma / sqrt(variance + epsilon) of the quantised values is rounded to 53 bits; all else is exact");
    LUTRA_TRY(const NodeId node, context.add("batch_normalization",
                                             {{"scale", std::move(weights.gamma)},
                                              {"bias", std::move(weights.beta)},
                                              {"mean", std::move(weights.mean)},
                                              {"variance", std::move(weights.variance)},
                                              {"epsilon", layer.epsilon},
                                              {"axis", layer.event_axis}},
                                             {context.input()}));
    return emit_qkeras_activation(context, "activation", context.option("activation"), node);
}

/// Batch normalisation is folded into kernel and bias in single precision; then both are quantised.
Result<NodeId> import_qkeras_dense_batchnorm(LayerContext& context) {
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    LUTRA_TRY(const bool has_center, context.boolean("center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("scale", true));
    context.ignore({"momentum", "ema_freeze_delay", "folding_mode", "axis", "synchronized", "fused", "renorm", "renorm_clipping", "renorm_momentum",
                    "virtual_batch_size", "gamma_range", "beta_range"});
    // In the form for Keras 3 the normalisation is a layer of its own inside.
    const bool has_inner_layer = context.num_weights("batchnorm") > 0 && context.translation().is_keras3;
    std::vector<std::string_view> names = {"kernel"};
    for (const auto& [is_there, name] :
         {std::pair(has_bias, "bias"), std::pair(has_scale && !has_inner_layer, "gamma"), std::pair(has_center && !has_inner_layer, "beta")}) {
        if (is_there) {
            names.emplace_back(name);
        }
    }
    if (!has_inner_layer) {
        names.insert(names.end(), {"iteration", "moving_mean", "moving_variance"});
    }
    LUTRA_TRY(const auto weights, context.weights(names));
    const auto find = [&](std::string_view name) -> const RealTensor& {
        return weights[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())];
    };
    RealTensor kernel = weights[0];
    RealTensor bias =
        kernel.shape.empty() ? RealTensor(0.0) : RealTensor({kernel.shape.back()}, std::vector<double>(static_cast<std::size_t>(kernel.shape.back()), 0.0));
    if (has_bias) {
        bias = weights[1];
    }
    if (auto checked = check_dense(context, kernel, &bias); !checked) {
        return std::unexpected(checked.error());
    }
    NormalizationWeights normalization;
    if (has_inner_layer) {
        LUTRA_TRY(normalization, read_normalization_weights(
                                     context, {.has_scale = has_scale, .has_center = has_center, .counts_bits = false, .channels = bias.shape}, "batchnorm"));
    } else {
        for (const auto& [is_there, name, weight] :
             {std::tuple(has_scale, "gamma", &normalization.gamma), std::tuple(has_center, "beta", &normalization.beta),
              std::tuple(true, "moving_mean", &normalization.mean), std::tuple(true, "moving_variance", &normalization.variance)}) {
            if (!is_there) {
                continue;
            }
            *weight = find(name);
            if (auto fits = context.check_shape(*weight, name, bias.shape); !fits) {
                return std::unexpected(fits.error());
            }
        }
    }
    fold(normalization, static_cast<float>(epsilon), has_center, kernel, bias);
    if (!std::ranges::all_of(kernel.values, [](double value) { return std::isfinite(value); }) ||
        !std::ranges::all_of(bias.values, [](double value) { return std::isfinite(value); })) {
        return context.bad_weights("a folded weight is not finite: a variance is negative");
    }
    context.decide("batch normalisation is folded into the weights in single precision before they are quantised, as qkeras-v3 computes it");
    return emit_dense(context, kernel, &bias);
}

}  // namespace lutra::keras
