#include "lutra/import/keras/edge_networks.h"

#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/batch_normalization_weights.h"
#include "lutra/import/keras/emit_activation.h"

namespace lutra::keras {

namespace {

Result<EdgeLayer> read_edge_layer(const LayerContext& context, const std::string& below, bool has_bias) {
    LUTRA_TRY(auto weights, has_bias ? context.weights({"kernel", "bias"}, below) : context.weights({"kernel"}, below));
    return EdgeLayer{std::move(weights[0]), has_bias ? std::move(weights[1]) : RealTensor(0.0)};
}

Result<void> check_edge_layer(const LayerContext& context, const EdgeLayer& layer, const std::string& below, const Shape& shape, std::size_t num_axes) {
    if (auto fits = context.check_shape(layer.weights, below + " kernel", shape); !fits) {
        return fits;
    }
    Shape bias_shape = shape;
    bias_shape.erase(bias_shape.begin() + static_cast<std::ptrdiff_t>(num_axes));
    return layer.bias.shape.empty() ? Result<void>() : context.check_shape(layer.bias, below + " bias", bias_shape);
}

}  // namespace

Result<EdgeNetworks> read_edge_networks(LayerContext& context, std::size_t num_axes, bool has_bias) {
    LUTRA_TRY(const std::int64_t num_hidden_layers, context.integer("n_hl", 1));
    LUTRA_TRY(const std::int64_t hidden, context.integer("d_hl", 8));
    const auto name = activation_name(context.option("subnn_activation"));
    double (*const function)(double) = name ? find_real_function(*name) : nullptr;
    constexpr std::int64_t most_layers = 16;
    constexpr std::int64_t most_hidden = 4096;
    if (num_hidden_layers < 0 || num_hidden_layers > most_layers || hidden < 1 || hidden > most_hidden || function == nullptr) {
        return context.unsupported(
            fmt::format("its small networks have {} layers of {} with activation '{}'", num_hidden_layers, hidden, name.value_or("of an unknown kind")),
            "tanh, relu, sigmoid and other functions of one number are supported");
    }
    EdgeNetworks networks{.activation = function};
    std::int64_t rows = 1;
    Shape edges;
    for (std::int64_t depth = 0; depth <= num_hidden_layers; ++depth) {
        const std::string below = fmt::format("module/layers/einsum_dense{}", depth == 0 ? "" : fmt::format("_{}", depth));
        LUTRA_TRY(EdgeLayer layer, read_edge_layer(context, below, has_bias));
        if (depth == 0) {
            const Shape& first = layer.weights.shape;
            edges.assign(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(std::min(num_axes, first.size())));
            // HGQ2 0.2.0 builds the first layer of QEinsumDenseT as wide as the hidden ones, and repeats the input.
            rows = num_hidden_layers > 0 && first.size() > num_axes && first[num_axes] == hidden ? hidden : 1;
        }
        Shape shape = edges;
        shape.push_back(rows);
        if (depth < num_hidden_layers) {
            shape.push_back(hidden);
        }
        if (auto fits = check_edge_layer(context, layer, below, shape, num_axes); !fits) {
            return std::unexpected(fits.error());
        }
        networks.layers.push_back(std::move(layer));
        rows = hidden;
    }
    return networks;
}

Shape edges_of(const EdgeNetworks& networks, std::size_t num_axes) {
    const Shape& shape = networks.layers[0].weights.shape;
    return {shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(num_axes)};
}

Result<EdgeNormalization> read_edge_normalization(LayerContext& context, const NormalizationPlace& place) {
    LUTRA_TRY(const bool is_normalized, context.boolean("batch_norm", false));
    LUTRA_TRY(const bool has_center, context.boolean("bn_center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("bn_scale", true));
    LUTRA_TRY(const double epsilon, context.real("bn_epsilon", 0.001));
    context.ignore({"bn_momentum"});
    if (!is_normalized) {
        return EdgeNormalization{};
    }
    const NormalizationForm form{.has_scale = has_scale, .has_center = has_center, .counts_bits = place.counts_bits, .channels = place.channels};
    LUTRA_TRY(const NormalizationWeights weights, read_normalization_weights(context, form, place.below));
    EdgeNormalization normalization{};
    for (std::size_t c = 0; c < weights.mean.size(); ++c) {
        const double factor = (has_scale ? weights.gamma[c] : 1.0) / std::sqrt(weights.variance[c] + epsilon);
        normalization.factor.push_back(factor);
        normalization.offset.push_back((has_center ? weights.beta[c] : 0.0) - weights.mean[c] * factor);
    }
    return normalization;
}

Estimate evaluate_edge(const EdgeNetworks& networks, std::size_t edge, std::size_t channel, double x) {
    constexpr double single_epsilon = 1.0 / (1 << 23);
    const Shape& first = networks.layers[0].weights.shape;
    const bool is_only_layer = networks.layers.size() == 1;
    std::vector<Estimate> values(is_only_layer ? 1 : static_cast<std::size_t>(first[first.size() - 2]), {x, 0});
    for (std::size_t depth = 0; depth < networks.layers.size(); ++depth) {
        const EdgeLayer& layer = networks.layers[depth];
        const bool is_last = depth + 1 == networks.layers.size();
        const std::size_t rows = values.size();
        const std::size_t columns = is_last ? 1 : static_cast<std::size_t>(layer.weights.shape.back());
        std::vector<Estimate> next(columns);
        for (std::size_t j = 0; j < columns; ++j) {
            Estimate& sum = next[j];
            sum.value = layer.bias.shape.empty() ? 0 : layer.bias[edge * columns + j];
            double magnitude = std::abs(sum.value);
            for (std::size_t i = 0; i < rows; ++i) {
                const double weight = layer.weights[(edge * rows + i) * columns + j];
                sum.value += weight * values[i].value;
                sum.error += std::abs(weight) * values[i].error;
                magnitude += std::abs(weight * values[i].value);
            }
            sum.error += magnitude * single_epsilon;
            if (!is_last) {
                sum.value = networks.activation(sum.value);
                sum.error += std::abs(sum.value) * single_epsilon;
            }
        }
        values = std::move(next);
    }
    Estimate result = values[0];
    if (networks.is_normalized()) {
        const double factor = networks.normalization.factor[channel];
        const double offset = networks.normalization.offset[channel];
        result.error = (result.error * std::abs(factor) + (std::abs(result.value * factor) + std::abs(offset)) * 2 * single_epsilon) / networks.num_inputs_root;
        result.value = (result.value * factor + offset) / networks.num_inputs_root;
    }
    return result;
}

}  // namespace lutra::keras
