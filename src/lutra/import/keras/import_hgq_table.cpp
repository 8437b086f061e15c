#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "lutra/import/keras/edge_networks.h"
#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"
#include "lutra/ir/gather.h"

namespace lutra::keras {

namespace {

/// Where the edges of a sum of tables are: one for every element of the input and every label that only the kernel has. The sum runs over the
/// labels that the output does not have.
struct EdgeLayout {
    Shape input{};                             ///< of an event
    Shape edges{};                             ///< input, then the labels of the kernel only
    std::string labels{};                      ///< of the axes of the edges
    std::string normalized{};                  ///< labels of the normalisation's channels
    std::vector<std::int64_t> columns{};       ///< axes of the edges: those that are summed, then those that stay
    std::size_t num_summed = 0;                ///< how many of `columns` are summed
    std::vector<std::int64_t> output_order{};  ///< axes of the output, from those that stay
    std::vector<std::size_t> weight_of{};      ///< for every edge, which network it has
    std::vector<std::size_t> channel_of{};     ///< for every edge, which channel of the normalisation it has

    Shape extents(std::size_t first, std::size_t last) const {
        Shape shape;
        for (std::size_t i = first; i < last; ++i) {
            shape.push_back(edges[static_cast<std::size_t>(columns[i])]);
        }
        return shape;
    }
    std::int64_t num_summed_elements() const { return num_elements(extents(0, num_summed)); }
    Shape kept() const { return extents(num_summed, columns.size()); }
};

/// For every element of a tensor whose axes have `labels`, the element of a smaller one with some of them.
std::vector<std::size_t> projected(const Shape& shape, std::string_view labels, std::string_view kept) {
    std::vector<std::size_t> strides(labels.size(), 0);
    std::size_t stride = 1;
    for (std::size_t i = kept.size(); i-- > 0;) {
        const std::size_t axis = labels.find(kept[i]);
        strides[axis] = stride;
        stride *= static_cast<std::size_t>(shape[axis]);
    }
    std::vector<std::size_t> places = {0};
    for (std::size_t axis = 0; axis < labels.size(); ++axis) {
        std::vector<std::size_t> next;
        for (const std::size_t place : places) {
            for (std::size_t i = 0; i < static_cast<std::size_t>(shape[axis]); ++i) {
                next.push_back(place + i * strides[axis]);
            }
        }
        places = std::move(next);
    }
    return places;
}

/// `normalized` are the labels of the normalisation's channels.
Result<EdgeLayout> lay_out(const LayerContext& context, const Einsum& einsum, const Shape& kernel, std::string_view normalized) {
    EdgeLayout layout{
        .input = context.shape(context.input()), .edges = context.shape(context.input()), .labels = einsum.input, .normalized = std::string(normalized)};
    std::string& labels = layout.labels;
    for (std::size_t i = 0; i < einsum.kernel.size(); ++i) {
        const std::size_t axis = labels.find(einsum.kernel[i]);
        if (axis == std::string::npos) {
            labels += einsum.kernel[i];
            layout.edges.push_back(kernel[i]);
        } else if (layout.edges[axis] != kernel[i]) {
            return context.bad_weights(fmt::format("its kernel of shape {} does not fit its input of shape {}", to_string(kernel), to_string(layout.input)));
        }
    }
    const auto count = checked_num_elements(layout.edges);
    const std::int64_t most = context.options().max_event_elements;
    if (!count || *count > most) {
        return context.unsupported(fmt::format("it has {} tables; at most {} are supported", to_string(layout.edges), most), "split the layer");
    }
    std::string kept;
    for (std::size_t axis = 0; axis < labels.size(); ++axis) {
        const bool is_kept = einsum.output.find(labels[axis]) != std::string::npos;
        kept += is_kept ? std::string(1, labels[axis]) : "";
        layout.columns.insert(is_kept ? layout.columns.end() : layout.columns.begin() + static_cast<std::ptrdiff_t>(layout.num_summed),
                              static_cast<std::int64_t>(axis));
        layout.num_summed += is_kept ? 0 : 1;
    }
    if (kept.size() != einsum.output.size() || normalized.find_first_not_of(labels) != std::string::npos) {
        return context.unsupported("it sums axes that only its kernel has, or normalises axes that it has not", "sum axes of the input only");
    }
    for (const char label : einsum.output) {
        layout.output_order.push_back(static_cast<std::int64_t>(kept.find(label)));
    }
    layout.weight_of = projected(layout.edges, labels, einsum.kernel);
    layout.channel_of = projected(layout.edges, labels, normalized);
    return layout;
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
std::optional<HgqQuantizer> common_input_type(const HgqQuantizer& edges, const std::vector<bool>& is_live, const Shape& inputs) {
    const std::size_t num_uses = edges.size() / static_cast<std::size_t>(std::max<std::int64_t>(num_elements(inputs), 1));
    if (edges.overflow != Overflow::Wrap || (edges.rounding != Rounding::HalfUp && edges.rounding != Rounding::Truncate)) {
        return std::nullopt;
    }
    HgqQuantizer common{.shape = inputs, .rounding = Rounding::Truncate, .overflow = Overflow::Wrap};
    const int extra = edges.rounding == Rounding::HalfUp ? 1 : 0;
    for (std::size_t first = 0; first < edges.size(); first += num_uses) {
        CommonType with_bits;
        CommonType sign_only;
        for (std::size_t edge = first; edge < first + num_uses; ++edge) {
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

/// The quantised input of every edge, in the shape of the edges.
Result<NodeId> add_edge_inputs(LayerContext& context, const HgqQuantizer& edges, const std::vector<bool>& is_live, const EdgeLayout& layout) {
    NodeId node = context.input();
    const auto common = context.is_real(node) ? common_input_type(edges, is_live, layout.input) : std::nullopt;
    if (common) {
        context.decide(
            "its inputs enter with the bits that the finest of their tables needs and one more, truncated; each table then rounds them to its own type");
        context.decide(
            "its inputs lie within the range that HGQ recorded for the tables that have more than a sign of them; tables with a sign only see 0 there");
        LUTRA_TRY(node, add_hgq_quantizer(context, "input", *common, node));
    }
    Shape column = layout.input;
    column.resize(layout.edges.size(), 1);
    LUTRA_TRY(node, context.reshape("column", node, column));
    if (column != layout.edges) {
        LUTRA_TRY(node, context.add_part("edges", "broadcast", {{"shape", layout.edges}}, {node}));
    }
    return add_hgq_quantizer(context, "iq", edges, node);
}

/// The quantisers of the edges in another order.
HgqQuantizer in_order(const HgqQuantizer& edges, const std::vector<std::size_t>& order, const Shape& shape) {
    HgqQuantizer result{.shape = shape, .rounding = edges.rounding, .overflow = edges.overflow};
    for (const std::size_t edge : order) {
        result.keep_negative.push_back(edges.keep_negative[edge]);
        result.integer_bits.push_back(edges.integer_bits[edge]);
        result.fraction_bits.push_back(edges.fraction_bits[edge]);
    }
    return result;
}

Result<NodeId> permuted(LayerContext& context, std::string_view part, NodeId node, const std::vector<std::int64_t>& axes) {
    if (std::ranges::is_sorted(axes)) {
        return node;
    }
    return context.add_part(part, "transpose", {{"permutation", axes}}, {node});
}

/// The tables between the quantisers of all edges, their sums, and what comes behind.
Result<NodeId> emit_table_sum(LayerContext& context, const EdgeLayout& layout, const EdgeNetworks& networks) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor", "table_idxs"});
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", true));
    if (!has_input_quantizer) {
        return context.unsupported("its tables have no quantiser of their inputs", "leave enable_iq as it is");
    }
    LUTRA_TRY(const HgqQuantizer input_types, read_hgq_quantizer(context, "iq_conf", "iq", HgqPlace::Table));
    LUTRA_TRY(const HgqQuantizer output_types, read_hgq_quantizer(context, "toq_conf", "toq", HgqPlace::Table));
    if (broadcast(input_types.shape, layout.edges) != layout.edges || broadcast(output_types.shape, layout.edges) != layout.edges) {
        return context.bad_weights(fmt::format("its quantisers of shapes {} and {} do not fit its {} edges", to_string(input_types.shape),
                                               to_string(output_types.shape), to_string(layout.edges)));
    }
    const HgqQuantizer edges = for_every_edge(input_types, layout.edges);
    const std::vector<std::size_t> order = transposed_elements(layout.edges, layout.columns);
    const Shape columns = {layout.num_summed_elements(), num_elements(layout.kept())};
    const auto evaluate = [&](std::size_t column, double x) {
        return evaluate_edge(networks, layout.weight_of[order[column]], layout.channel_of[order[column]], x);
    };
    LUTRA_TRY(const HgqTables tables,
              make_hgq_tables(context, in_order(edges, order, columns), in_order(for_every_edge(output_types, layout.edges), order, columns), evaluate));
    list_near_ties(context, tables);
    std::vector<bool> is_live(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        is_live[order[i]] = tables.is_live[i];
    }
    LUTRA_TRY(NodeId node, add_edge_inputs(context, edges, is_live, layout));
    LUTRA_TRY(node, permuted(context, "columns", node, layout.columns));
    LUTRA_TRY(node, context.reshape("rows", node, columns));
    LUTRA_TRY(node, context.add("table_sum", attributes_of(tables), {node}));
    LUTRA_TRY(node, context.reshape("axes", node, layout.kept()));
    LUTRA_TRY(node, permuted(context, "transpose", node, layout.output_order));
    LUTRA_TRY(node, emit_activation(context, context.option("activation"), node));
    return add_hgq_output_quantizer(context, node);
}

}  // namespace

/// y[o] = sum over i of f_io(x_i): each f a small network, evaluated here for every value that its quantised input can have.
Result<NodeId> import_hgq_dense_table(LayerContext& context) {
    LUTRA_TRY(const std::int64_t num_outputs, context.integer("n_out", 0));
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    const std::size_t rank = context.shape(context.input()).size();
    constexpr std::size_t most_axes = 10;
    if (rank == 0 || rank > most_axes) {
        return context.unsupported(fmt::format("its input has {} axes; 1 to {} are supported", rank, most_axes));
    }
    LUTRA_TRY(EdgeNetworks networks, read_edge_networks(context, 2, has_bias));
    const Shape kernel = edges_of(networks, 2);
    if (kernel[1] != num_outputs) {
        return context.bad_weights(fmt::format("its kernel has the shape {}, its option 'n_out' is {}", to_string(kernel), num_outputs));
    }
    LUTRA_TRY(networks.normalization, read_edge_normalization(context, {.below = "bn_module", .channels = {num_outputs}}));
    const Einsum einsum = last_axis_einsum(rank);
    LUTRA_TRY(const EdgeLayout layout, lay_out(context, einsum, kernel, einsum.kernel.substr(1)));
    networks.num_inputs_root = std::sqrt(static_cast<double>(kernel[0]));
    return emit_table_sum(context, layout, networks);
}

/// The same by an equation: a network for every element of the kernel, between quantisers of every product.
Result<NodeId> import_hgq_einsum_dense_table(LayerContext& context) {
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    LUTRA_TRY(const std::string bias_axes, context.string("bias_axes", ""));
    LUTRA_TRY(const bool is_normalized, context.boolean("batch_norm", false));
    LUTRA_TRY(const bool counts_bits, context.boolean("enable_ebops", true));
    context.ignore({"output_shape"});
    LUTRA_TRY(const Einsum einsum, read_einsum(context, equation, context.shape(context.input()).size()));
    std::string kept;
    std::ranges::copy_if(einsum.kernel, std::back_inserter(kept), [&](char c) { return einsum.output.find(c) != std::string::npos; });
    LUTRA_TRY(const std::string normalized, context.string("normalize_axes", bias_axes.empty() ? kept : bias_axes));
    LUTRA_TRY(EdgeNetworks networks, read_edge_networks(context, einsum.kernel.size(), !bias_axes.empty() && !is_normalized));
    LUTRA_TRY(const EdgeLayout layout, lay_out(context, einsum, edges_of(networks, einsum.kernel.size()), is_normalized ? normalized : ""));
    Shape channels;
    for (const char label : layout.normalized) {
        channels.push_back(layout.edges[layout.labels.find(label)]);
    }
    LUTRA_TRY(networks.normalization, read_edge_normalization(context, {.below = "", .channels = std::move(channels), .counts_bits = counts_bits}));
    networks.num_inputs_root = std::sqrt(static_cast<double>(layout.num_summed_elements()));
    return emit_table_sum(context, layout, networks);
}

}  // namespace lutra::keras
