#include <fmt/format.h>

#include "lutra/import/keras/attention.h"
#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

/// Attention without projections: how well each query fits each key.
enum class Scores {
    Products,  ///< query key^T, times a scale
    Tanh,      ///< the sum over the elements of tanh(query + key)
};

struct ScoreOptions {
    Scores kind = Scores::Products;
    bool scales_before_tanh = false;
    RealTensor scale = 1.0;   ///< of the products or of the elements
    RealTensor factor = 1.0;  ///< of the sum of tanh
};

Result<NodeId> scaled_by(LayerContext& context, std::string_view part, NodeId node, const RealTensor& factor) {
    if (factor.shape.empty() && factor[0] == 1) {
        return node;
    }
    LUTRA_TRY(const NodeId constant, context.add_constant(fmt::format("{}_factor", part), factor));
    return context.add_part(part, "multiply", {}, {node, constant});
}

Result<NodeId> sums_of_tanh(LayerContext& context, const ScoreOptions& options, const AttentionInputs& inputs) {
    const Shape query = context.shape(inputs.query);
    const Shape key = context.shape(inputs.key);
    LUTRA_TRY(const NodeId rows, context.reshape("rows", inputs.query, {query[0], 1, query[1]}));
    LUTRA_TRY(const NodeId columns, context.reshape("columns", inputs.key, {1, key[0], key[1]}));
    LUTRA_TRY(NodeId node, context.add_part("pairs", "add", {}, {rows, columns}));
    if (options.scales_before_tanh) {
        LUTRA_TRY(node, scaled_by(context, "scaled_pairs", node, options.scale));
    }
    LUTRA_TRY(node, context.add_part("tanh", "tanh", {}, {node}));
    if (!options.scales_before_tanh) {
        LUTRA_TRY(node, scaled_by(context, "scaled_tanh", node, options.scale));
    }
    LUTRA_TRY(node, context.add_part("sums", "einsum", {{"equation", std::string("abc->ab")}}, {node}));
    return scaled_by(context, "scores", node, options.factor);
}

Result<NodeId> attend(LayerContext& context, const ScoreOptions& options, const AttentionInputs& inputs) {
    NodeId scores = inputs.query;
    if (options.kind == Scores::Tanh) {
        LUTRA_TRY(scores, sums_of_tanh(context, options, inputs));
    } else {
        LUTRA_TRY(scores, emit_input_einsum(context, "abd,acd->abc", std::vector{inputs.query, inputs.key}, "products"));
        LUTRA_TRY(scores, scaled_by(context, "scores", scores, options.scale));
    }
    LUTRA_TRY(scores, emit_softmax_over(context, "softmax", scores, std::vector<std::int64_t>{-1}));
    return emit_input_einsum(context, "abc,acd->abd", std::vector{scores, inputs.value});
}

Result<AttentionInputs> read_matrices(LayerContext& context) {
    context.ignore({"dropout", "seed"});
    LUTRA_TRY(const AttentionInputs inputs, read_attention_inputs(context));
    if (context.shape(inputs.query).size() != 2 || context.is_called_with("use_causal_mask")) {
        return context.unsupported("its inputs are no sequences of vectors, or it hides keys by position", "use inputs of two axes, and attend to all keys");
    }
    return inputs;
}

}  // namespace

Result<NodeId> import_attention(LayerContext& context) {
    LUTRA_TRY(const AttentionInputs inputs, read_matrices(context));
    LUTRA_TRY(const bool has_scale, context.boolean("use_scale", false));
    LUTRA_TRY(const std::string mode, context.string("score_mode", "dot"));
    if (mode != "dot" && mode != "concat") {
        return context.unsupported(fmt::format("its score_mode is '{}'", mode), "use dot or concat");
    }
    ScoreOptions options{.kind = mode == "dot" ? Scores::Products : Scores::Tanh, .scales_before_tanh = true};
    std::vector<std::string_view> names;
    if (has_scale) {
        names.emplace_back("scale");
    }
    if (mode == "concat") {
        names.emplace_back("concat_score_weight");
    }
    LUTRA_TRY(const auto weights, context.weights(names));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], {}); !fits) {
            return std::unexpected(fits.error());
        }
        (names[i] == "scale" ? options.scale : options.factor) = weights[i];
    }
    return attend(context, options, inputs);
}

Result<NodeId> import_additive_attention(LayerContext& context) {
    LUTRA_TRY(const AttentionInputs inputs, read_matrices(context));
    LUTRA_TRY(const bool has_scale, context.boolean("use_scale", true));
    context.ignore({"score_mode"});
    ScoreOptions options{.kind = Scores::Tanh};
    if (has_scale) {
        LUTRA_TRY(const auto weights, context.weights({"scale"}));
        if (auto fits = context.check_shape(weights[0], "scale", {context.shape(inputs.key)[1]}); !fits) {
            return std::unexpected(fits.error());
        }
        options.scale = weights[0];
    }
    return attend(context, options, inputs);
}

}  // namespace lutra::keras
