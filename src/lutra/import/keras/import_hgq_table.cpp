#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_table.h"

namespace lutra::keras {

namespace {

/// One layer of the small networks, one for every edge (input, output): hidden -> hidden', or hidden -> 1 for the last.
struct EdgeLayer {
    RealTensor weights;  ///< (inputs, outputs, hidden, hidden')
    RealTensor bias;     ///< (inputs, outputs, hidden'), or a scalar 0
};

/// Batch normalisation of the table entries, by output.
struct EdgeNormalization {
    std::vector<double> factor;
    std::vector<double> offset;
};

/// The networks of all edges and what comes behind them.
struct EdgeNetworks {
    std::vector<EdgeLayer> layers{};
    double (*activation)(double) = nullptr;
    EdgeNormalization normalization{};
    double num_inputs_root = 1;  ///< the normalised entries are divided by it

    bool is_normalized() const { return !normalization.factor.empty(); }
};

/// The network of one edge at x, in double; the error is what a computation in single precision may differ by.
Estimate evaluate_edge(const EdgeNetworks& networks, std::size_t edge, std::size_t output, double x) {
    constexpr double single_epsilon = 1.0 / (1 << 23);
    std::vector<Estimate> values = {{x, 0}};
    for (std::size_t depth = 0; depth < networks.layers.size(); ++depth) {
        const EdgeLayer& layer = networks.layers[depth];
        const bool is_last = depth + 1 == networks.layers.size();
        const std::size_t rows = values.size();
        const std::size_t columns = is_last ? 1 : static_cast<std::size_t>(layer.weights.shape[3]);
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
        const double factor = networks.normalization.factor[output];
        const double offset = networks.normalization.offset[output];
        result.error = (result.error * std::abs(factor) + (std::abs(result.value * factor) + std::abs(offset)) * 2 * single_epsilon) / networks.num_inputs_root;
        result.value = (result.value * factor + offset) / networks.num_inputs_root;
    }
    return result;
}

Result<EdgeLayer> read_edge_layer(const LayerContext& context, const std::string& below, bool has_bias, const Shape& weights_shape) {
    LUTRA_TRY(auto weights, has_bias ? context.weights({"kernel", "bias"}, below) : context.weights({"kernel"}, below));
    if (auto fits = context.check_shape(weights[0], below + " kernel", weights_shape); !fits) {
        return std::unexpected(fits.error());
    }
    Shape bias_shape = weights_shape;
    bias_shape.erase(bias_shape.begin() + 2);
    if (auto fits = has_bias ? context.check_shape(weights[1], below + " bias", bias_shape) : Result<void>(); !fits) {
        return std::unexpected(fits.error());
    }
    return EdgeLayer{std::move(weights[0]), has_bias ? std::move(weights[1]) : RealTensor(0.0)};
}

Result<EdgeNormalization> read_normalization(LayerContext& context, std::size_t num_outputs) {
    LUTRA_TRY(const bool is_normalized, context.boolean("batch_norm", false));
    LUTRA_TRY(const bool has_center, context.boolean("bn_center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("bn_scale", true));
    LUTRA_TRY(const double epsilon, context.real("bn_epsilon", 0.001));
    context.ignore({"bn_momentum"});
    if (!is_normalized) {
        return EdgeNormalization{};
    }
    std::vector<std::string_view> names;
    if (has_scale) {
        names.emplace_back("gamma");
    }
    if (has_center) {
        names.emplace_back("beta");
    }
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    LUTRA_TRY(const auto weights, context.weights(names, "bn_module"));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], {static_cast<std::int64_t>(num_outputs)}); !fits) {
            return std::unexpected(fits.error());
        }
    }
    EdgeNormalization normalization{};
    const RealTensor& mean = weights[weights.size() - 2];
    const RealTensor& variance = weights.back();
    for (std::size_t o = 0; o < num_outputs; ++o) {
        const double factor = (has_scale ? weights[0][o] : 1.0) / std::sqrt(variance[o] + epsilon);
        normalization.factor.push_back(factor);
        normalization.offset.push_back((has_center ? weights[has_scale ? 1 : 0][o] : 0.0) - mean[o] * factor);
    }
    return normalization;
}

Result<EdgeNetworks> read_networks(LayerContext& context, std::int64_t num_inputs, std::int64_t num_outputs) {
    LUTRA_TRY(const std::int64_t num_hidden_layers, context.integer("n_hl", 1));
    LUTRA_TRY(const std::int64_t hidden, context.integer("d_hl", 8));
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    const auto name = activation_name(context.option("subnn_activation"));
    double (*const function)(double) = name ? find_real_function(*name) : nullptr;
    constexpr std::int64_t most_layers = 16;
    constexpr std::int64_t most_hidden = 4096;
    if (num_hidden_layers < 0 || num_hidden_layers > most_layers || hidden < 1 || hidden > most_hidden || function == nullptr) {
        return context.unsupported(fmt::format("its small networks have {} layers of {} with activation '{}'", num_hidden_layers, hidden, name.value_or("of an unknown kind")),
                                   "tanh, relu, sigmoid and other functions of one number are supported");
    }
    EdgeNetworks networks{.activation = function};
    std::int64_t rows = 1;
    for (std::int64_t depth = 0; depth <= num_hidden_layers; ++depth) {
        const std::string below = fmt::format("module/layers/einsum_dense{}", depth == 0 ? "" : fmt::format("_{}", depth));
        const Shape shape = depth == num_hidden_layers ? Shape{num_inputs, num_outputs, rows} : Shape{num_inputs, num_outputs, rows, hidden};
        LUTRA_TRY(EdgeLayer layer, read_edge_layer(context, below, has_bias, shape));
        networks.layers.push_back(std::move(layer));
        rows = hidden;
    }
    LUTRA_TRY(networks.normalization, read_normalization(context, static_cast<std::size_t>(num_outputs)));
    networks.num_inputs_root = std::sqrt(static_cast<double>(num_inputs));
    return networks;
}

/// What the live edges of one input need of it.
struct CommonType {
    std::optional<int> fraction;
    int modulus = 0;  ///< bits above the point, the sign included
    int keep_negative = 0;

    void add(const HgqQuantizer& edges, std::size_t edge) {
        const int bits = std::max(edges.integer_bits[edge], -edges.fraction_bits[edge]) + edges.keep_negative[edge];
        modulus = fraction ? std::max(modulus, bits) : bits;
        fraction = std::max(fraction.value_or(edges.fraction_bits[edge]), edges.fraction_bits[edge]);
        keep_negative = std::max(keep_negative, edges.keep_negative[edge]);
    }
};

/// One type per input that loses nothing that any live edge's type sees: where the edges of an input differ, one more fractional bit,
/// truncated, keeps every rounding half up of fewer bits (floor(x + 1/2) depends on floor(2 x) only). Edges with a sign only do not widen the
/// range of an input that has others: within that range they are 0. Nothing where the rounding needs more than that.
std::optional<HgqQuantizer> common_input_type(const HgqQuantizer& edges, const std::vector<bool>& is_live, std::size_t num_outputs) {
    if (edges.overflow != Overflow::Wrap || (edges.rounding != Rounding::HalfUp && edges.rounding != Rounding::Truncate)) {
        return std::nullopt;
    }
    HgqQuantizer common{.shape = {edges.shape[0]}, .rounding = Rounding::Truncate, .overflow = Overflow::Wrap};
    const int extra = edges.rounding == Rounding::HalfUp ? 1 : 0;
    for (std::size_t first = 0; first < edges.size(); first += num_outputs) {
        CommonType with_bits;
        CommonType sign_only;
        for (std::size_t edge = first; edge < first + num_outputs; ++edge) {
            if (is_live[edge] && !edges.is_pruned(edge)) {
                (has_sign_only(edges, edge) ? sign_only : with_bits).add(edges, edge);
            }
        }
        const CommonType& type = with_bits.fraction ? with_bits : sign_only;
        common.keep_negative.push_back(type.keep_negative);
        common.integer_bits.push_back(type.modulus - type.keep_negative);
        common.fraction_bits.push_back(type.fraction ? *type.fraction + extra : 0);
    }
    return common;
}

/// The quantised input of every edge, shape (..., inputs, outputs).
Result<NodeId> add_edge_inputs(LayerContext& context, const HgqQuantizer& edges, const std::vector<bool>& is_live, NodeId input) {
    Shape column = context.shape(input);
    Shape full = column;
    column.push_back(1);
    full.push_back(edges.shape.back());
    const auto common = context.is_real(input) && edges.shape.size() == 2 ? common_input_type(edges, is_live, static_cast<std::size_t>(edges.shape.back())) : std::nullopt;
    NodeId node = input;
    if (common) {
        context.decide("its inputs enter with the bits that the finest of their tables needs and one more, truncated; each table then rounds them to its own type");
        context.decide("its inputs lie within the range that HGQ recorded for the tables that have more than a sign of them; tables with a sign only see 0 there");
        LUTRA_TRY(node, add_hgq_quantizer(context, "input", *common, node));
    }
    LUTRA_TRY(node, context.add_part("column", "reshape", {{"shape", column}}, {node}));
    LUTRA_TRY(node, context.add_part("edges", "broadcast", {{"shape", full}}, {node}));
    return add_hgq_quantizer(context, "iq", edges, node);
}

}  // namespace

/// y[o] = sum over i of f_io(x_i): each f a small network, evaluated here for every value that its quantised input can have.
Result<NodeId> import_hgq_dense_table(LayerContext& context) {
    LUTRA_TRY(const std::int64_t num_outputs, context.integer("n_out", 0));
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", true));
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor", "table_idxs"});
    const Shape shape = context.shape(context.input());
    constexpr std::int64_t most_outputs = 1 << 16;
    if (shape.size() != 1 || num_outputs < 1 || num_outputs > most_outputs || !has_input_quantizer) {
        return context.unsupported(fmt::format("it has an input of shape {}, {} outputs and {} input quantiser; one axis and a quantiser are supported", to_string(shape), num_outputs, has_input_quantizer ? "an" : "no"));
    }
    const Shape edge_shape = {shape[0], num_outputs};
    LUTRA_TRY(const HgqQuantizer input_types, read_hgq_quantizer(context, "iq_conf", "iq", HgqPlace::Activation));
    LUTRA_TRY(const HgqQuantizer output_types, read_hgq_quantizer(context, "toq_conf", "toq", HgqPlace::Activation));
    if (broadcast(input_types.shape, edge_shape) != edge_shape || broadcast(output_types.shape, edge_shape) != edge_shape) {
        return context.bad_weights(fmt::format("its quantisers of shapes {} and {} do not fit its {} edges", to_string(input_types.shape), to_string(output_types.shape), to_string(edge_shape)));
    }
    LUTRA_TRY(const EdgeNetworks networks, read_networks(context, shape[0], num_outputs));
    const HgqQuantizer edges = for_every_edge(input_types, edge_shape);
    const auto evaluate = [&](std::size_t edge, double x) { return evaluate_edge(networks, edge, edge % static_cast<std::size_t>(num_outputs), x); };
    LUTRA_TRY(HgqTables tables, make_hgq_tables(context, edges, for_every_edge(output_types, edge_shape), evaluate));
    list_near_ties(context, tables);
    LUTRA_TRY(const NodeId inputs, add_edge_inputs(context, edges, tables.is_live, context.input()));
    LUTRA_TRY(const NodeId sum, context.add("table_sum", attributes_of(tables), {inputs}));
    LUTRA_TRY(const NodeId activated, emit_activation(context, context.option("activation"), sum));
    return add_hgq_output_quantizer(context, activated);
}

}  // namespace lutra::keras
