#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"

namespace lutra::keras {

namespace {

/// x * kernel + bias with the kernel and bias quantised, then the activation, between the quantisers of input and output.
Result<NodeId> emit_quantised_sum(LayerContext& context, const Einsum& einsum, const RealTensor& kernel, const RealTensor* bias) {
    LUTRA_TRY(const HgqQuantizer kernel_quantizer, read_hgq_quantizer(context, "kq_conf", "kq", HgqPlace::Weight));
    LUTRA_TRY(const RealTensor quantised_kernel, quantize_hgq_constant(context, kernel_quantizer, kernel));
    RealTensor quantised_bias = 0.0;
    context.ignore({"bq_conf"});
    if (bias != nullptr) {
        LUTRA_TRY(const HgqQuantizer bias_quantizer, read_hgq_quantizer(context, "bq_conf", "bq", HgqPlace::Weight));
        LUTRA_TRY(quantised_bias, quantize_hgq_constant(context, bias_quantizer, *bias));
    }
    LUTRA_TRY(const NodeId input, add_hgq_input_quantizer(context, context.input()));
    LUTRA_TRY(const NodeId sum, emit_einsum(context, einsum, input, quantised_kernel, quantised_bias));
    LUTRA_TRY(const NodeId activated, emit_activation(context, context.option("activation"), sum));
    return add_hgq_output_quantizer(context, activated);
}

}  // namespace

Result<NodeId> import_hgq_dense(LayerContext& context) {
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    LUTRA_TRY(const std::int64_t units, context.integer("units", 0));
    const std::size_t rank = context.shape(context.input()).size();
    constexpr std::size_t most_axes = 10;
    if (rank == 0 || rank > most_axes) {
        return context.unsupported(fmt::format("its input has {} axes; 1 to {} are supported", rank, most_axes));
    }
    std::vector<std::string_view> names = {"kernel"};
    if (has_bias) {
        names.emplace_back("bias");
    }
    LUTRA_TRY(const auto weights, read_hgq_weights(context, names, names.size()));
    if (auto fits = context.check_shape(weights[0], "kernel", {context.shape(context.input()).back(), units}); !fits) {
        return std::unexpected(fits.error());
    }
    return emit_quantised_sum(context, last_axis_einsum(rank), weights[0], has_bias ? &weights[1] : nullptr);
}

Result<NodeId> import_hgq_einsum_dense(LayerContext& context) {
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    const bool has_bias = context.has("bias_axes");
    context.ignore({"output_shape", "bias_axes"});
    LUTRA_TRY(const Einsum einsum, read_einsum(context, equation, context.shape(context.input()).size()));
    std::vector<std::string_view> names = {"kernel"};
    if (has_bias) {
        names.emplace_back("bias");
    }
    LUTRA_TRY(const auto weights, read_hgq_weights(context, names, names.size()));
    return emit_quantised_sum(context, einsum, weights[0], has_bias ? &weights[1] : nullptr);
}

/// Batch normalisation of the inputs, part of the weights before they are quantised. HGQ2 0.2.0 takes the mean through the unscaled kernel, and so
/// does this.
Result<NodeId> import_hgq_batchnorm_dense(LayerContext& context) {
    LUTRA_TRY(const std::int64_t units, context.integer("units", 0));
    LUTRA_TRY(const bool has_scale, context.boolean("scale", true));
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    context.ignore({"use_bias", "momentum", "synchronized"});
    const Shape& shape = context.shape(context.input());
    std::vector<std::string_view> names = {"kernel", "bias"};
    if (has_scale) {
        names.emplace_back("gamma");
    }
    const std::size_t num_trainable = names.size();
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    LUTRA_TRY(auto weights, read_hgq_weights(context, names, num_trainable));
    const std::int64_t num_inputs = shape.size() == 1 ? shape[0] : -1;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Shape expected = i == 0 ? Shape{num_inputs, units} : Shape{i == 1 ? units : num_inputs};
        if (auto fits = context.check_shape(weights[i], names[i], expected); !fits) {
            return std::unexpected(fits.error());
        }
    }
    RealTensor& kernel = weights[0];
    RealTensor& bias = weights[1];
    std::vector<double> offsets(bias.size(), 0.0);
    for (std::size_t i = 0; i < kernel.size(); ++i) {
        const std::size_t row = i / bias.size();
        const float gamma = has_scale ? static_cast<float>(weights[2][row]) : 1.0F;
        const float factor = gamma / std::sqrt(static_cast<float>(weights[num_trainable + 1][row]) + static_cast<float>(epsilon));
        offsets[i % bias.size()] += weights[num_trainable][row] * kernel[i];
        kernel.values[i] = static_cast<double>(factor * static_cast<float>(kernel[i]));
    }
    for (std::size_t j = 0; j < bias.size(); ++j) {
        bias.values[j] = static_cast<double>(static_cast<float>(bias[j]) + -static_cast<float>(offsets[j]));
    }
    context.decide("batch normalisation is part of the weights before they are quantised, the mean through the unscaled kernel, as HGQ2 computes it");
    return emit_quantised_sum(context, last_axis_einsum(1), kernel, &bias);
}

/// Batch normalisation is part of the weights before they are quantised. HGQ2 computes with Keras' global epsilon, whatever the layer says, and
/// in single precision: so do we, that every weight rounds as it does there.
Result<NodeId> import_hgq_einsum_dense_batchnorm(LayerContext& context) {
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    LUTRA_TRY(const std::string bias_axes, context.string("bias_axes", ""));
    LUTRA_TRY(std::string normalized, context.string("normalize_axes", bias_axes));
    LUTRA_TRY(const bool counts_bits, context.boolean("enable_ebops", true));
    // HGQ2 0.2.0 forgets to write whether there is a scale; the number of weights tells.
    const std::size_t num_with_scale = counts_bits ? 7 : 5;
    LUTRA_TRY(const bool has_scale, context.boolean("scale", context.num_weights() >= num_with_scale));
    context.ignore({"output_shape", "momentum", "epsilon", "center", "synchronized"});
    LUTRA_TRY(const Einsum einsum, read_einsum(context, equation, context.shape(context.input()).size()));
    std::vector<std::string_view> names = {"kernel", "bias"};
    if (has_scale) {
        names.emplace_back("gamma");
    }
    const std::size_t num_trainable = names.size();
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    LUTRA_TRY(auto weights, read_hgq_weights(context, names, num_trainable));
    const RealTensor& mean = weights[num_trainable];
    const RealTensor& variance = weights[num_trainable + 1];
    RealTensor& kernel = weights[0];
    RealTensor& bias = weights[1];
    if (normalized.size() != 1 || einsum.kernel.find(normalized) == std::string::npos || kernel.shape.size() != einsum.kernel.size() ||
        mean.shape.size() != 1 || variance.shape != mean.shape || bias.size() != mean.size() || mean.shape[0] != kernel.shape[einsum.kernel.find(normalized)] ||
        (has_scale && weights[2].shape != mean.shape)) {
        return context.unsupported(
            fmt::format("it normalises over the axes '{}' of '{}'; one axis of the kernel is supported, which is that of the bias", normalized, equation));
    }
    constexpr float global_epsilon = 1e-7F;
    const std::size_t axis = einsum.kernel.find(normalized);
    std::int64_t inner = 1;
    for (std::size_t i = axis + 1; i < kernel.shape.size(); ++i) {
        inner *= kernel.shape[i];
    }
    std::vector<float> factors;
    for (std::size_t c = 0; c < mean.size(); ++c) {
        const float gamma = has_scale ? static_cast<float>(weights[2][c]) : 1.0F;
        factors.push_back(gamma / std::sqrt(static_cast<float>(variance[c]) + global_epsilon));
        bias.values[c] = static_cast<double>(static_cast<float>(bias[c]) + -static_cast<float>(mean[c]) * factors[c]);
    }
    for (std::size_t i = 0; i < kernel.size(); ++i) {
        const auto c = static_cast<std::size_t>(static_cast<std::int64_t>(i) / inner % mean.shape[0]);
        kernel.values[i] = static_cast<double>(static_cast<float>(kernel[i]) * factors[c]);
    }
    context.decide(
        "batch normalisation is part of the weights before they are quantised, with Keras' epsilon of 1e-7 and in single precision, as HGQ2 computes it");
    return emit_quantised_sum(context, einsum, kernel, &bias);
}

}  // namespace lutra::keras
