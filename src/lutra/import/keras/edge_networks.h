#pragma once

/// The small networks of HGQ's sum-of-tables layers: one for every edge between an input and an output, evaluated to a table.

#include "lutra/import/keras/hgq_table.h"

namespace lutra::keras {

/// One layer of the networks: hidden -> hidden', or hidden -> 1 for the last.
struct EdgeLayer {
    RealTensor weights;  ///< (edges..., hidden, hidden'), or (edges..., hidden) of the last
    RealTensor bias;     ///< (edges..., hidden'), or (edges...), or a scalar 0
};

/// Batch normalisation of the table entries; empty where there is none.
struct EdgeNormalization {
    std::vector<double> factor{};
    std::vector<double> offset{};
};

/// The networks of all edges and what comes behind them.
struct EdgeNetworks {
    std::vector<EdgeLayer> layers{};
    double (*activation)(double) = nullptr;
    EdgeNormalization normalization{};
    double num_inputs_root = 1;  ///< the normalised entries are divided by it

    bool is_normalized() const { return !normalization.factor.empty(); }
};

/// Reads the networks, whose edges have `num_axes` axes, from the layer's options and weights. Fails where a shape differs from that of the first kernel.
Result<EdgeNetworks> read_edge_networks(LayerContext& context, std::size_t num_axes, bool has_bias);

/// Extents of the edges.
Shape edges_of(const EdgeNetworks& networks, std::size_t num_axes);

/// Which weights normalise the entries, and where they are.
struct NormalizationPlace {
    std::string_view below;  ///< path inside of the layer; "" for the layer's own weights, which have "bn_" in front of gamma and beta
    Shape channels{};
    bool counts_bits = false;  ///< the layer's own weights: two counters follow
};

/// Reads the batch normalisation if the layer has one.
Result<EdgeNormalization> read_edge_normalization(LayerContext& context, const NormalizationPlace& place);

/// The network of one edge at x, in double; the error is what a computation in single precision may differ by. `channel` is that of the normalisation.
Estimate evaluate_edge(const EdgeNetworks& networks, std::size_t edge, std::size_t channel, double x);

}  // namespace lutra::keras
