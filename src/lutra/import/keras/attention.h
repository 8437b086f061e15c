#pragma once

/// What multi-head attention is in Keras and HGQ alike: projections, products and a softmax, by equations.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// The tensors that attention is called with; value is the query unless it is given, key is the value.
struct AttentionInputs {
    NodeId query;
    NodeId value;
    NodeId key;
};

/// The options of all attention layers.
struct AttentionOptions {
    std::int64_t num_heads = 1;
    std::int64_t key_dim = 1;
    bool has_bias = true;
    bool has_gate = false;
    std::vector<std::int64_t> axes{};  ///< over which attention runs, the batch being axis 0
    std::size_t num_output_axes = 1;
    std::optional<std::int64_t> window{};  ///< how far from itself a query sees keys
};

/// An equation of a dense layer and the axes of its bias.
struct Projection {
    std::string equation;
    std::string bias_axes;
};

/// Equations of a projected query, key and value, whose letters begin with the batch.
struct AttentionEquations {
    std::string dot_product;
    std::string combine;
    std::vector<std::int64_t> softmax_axes;  ///< of the scores, the batch being axis 0
};

Result<AttentionInputs> read_attention_inputs(LayerContext& context);
Result<AttentionOptions> read_attention_options(LayerContext& context, const AttentionInputs& inputs);

/// The projection of `num_free` axes, the batch included, that stay, from `num_bound` to `num_made` axes.
Projection projection(std::size_t num_free, std::size_t num_bound, std::size_t num_made);

/// For tensors of this rank, the batch included, whose last two axes are the heads and their elements.
AttentionEquations attention_equations(std::size_t rank, const std::vector<std::int64_t>& axes);

/// 1 where a query sees a key, of shape (queries, keys), if the call or the options hide any.
Result<std::optional<RealTensor>> read_attention_mask(LayerContext& context, const AttentionOptions& options, const Shape& query, const Shape& key);

/// Imports a layer inside of this one as the class `class_name` of the library, whose options are `config`.
Result<NodeId> import_inside(const LayerContext& context, Library library, std::string_view class_name, Json::Object config, std::string_view part,
                             std::string_view path, NodeId input);

}  // namespace lutra::keras
