#include <cmath>

#include "lutra/import/keras/attention.h"
#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

Result<NodeId> import_projection(LayerContext& context, const Projection& projection, bool has_bias, std::string_view name, NodeId input) {
    const std::string_view path = name == "gate"    ? "_gate_dense"
                                  : name == "query" ? "query_dense"
                                  : name == "key"   ? "key_dense"
                                  : name == "value" ? "value_dense"
                                                    : "output_dense";
    Json::Object config;
    config.emplace("equation", Json(projection.equation));
    if (has_bias) {
        config.emplace("bias_axes", Json(projection.bias_axes));
    }
    if (name == "gate") {
        config.emplace("activation", Json(std::string("sigmoid")));
    }
    return import_inside(context, Library::Keras, "EinsumDense", std::move(config), name, path, input);
}

}  // namespace

/// softmax(query key^T / sqrt(key_dim)) value, with projections of the three and of the result.
Result<NodeId> import_multi_head_attention(LayerContext& context) {
    LUTRA_TRY(const AttentionInputs inputs, read_attention_inputs(context));
    LUTRA_TRY(const AttentionOptions options, read_attention_options(context, inputs));
    LUTRA_TRY(const auto mask, read_attention_mask(context, options, context.shape(inputs.query), context.shape(inputs.key)));
    if (mask) {
        return context.unsupported("it hides keys by position (use_causal_mask or sliding_window)",
                                   "use QMultiHeadAttention of HGQ2, which can, or attend to all keys");
    }
    const std::size_t full_rank = context.shape(inputs.query).size() + 1;
    const Projection in = projection(full_rank - 1, 1, 2);
    LUTRA_TRY(NodeId query, import_projection(context, in, options.has_bias, "query", inputs.query));
    LUTRA_TRY(const NodeId key, import_projection(context, in, options.has_bias, "key", inputs.key));
    LUTRA_TRY(const NodeId value, import_projection(context, in, options.has_bias, "value", inputs.value));
    LUTRA_TRY(query, emit_scaled(context, "scaled_query", query, static_cast<double>(static_cast<float>(1 / std::sqrt(static_cast<double>(options.key_dim))))));
    const AttentionEquations equations = attention_equations(full_rank + 1, options.axes);
    LUTRA_TRY(NodeId scores, emit_input_einsum(context, equations.dot_product, std::vector{key, query}, "scores"));
    LUTRA_TRY(scores, emit_softmax_over(context, "softmax", scores, equations.softmax_axes));
    LUTRA_TRY(NodeId output, emit_input_einsum(context, equations.combine, std::vector{scores, value}, "combined"));
    if (options.has_gate) {
        LUTRA_TRY(const NodeId gate, import_projection(context, in, options.has_bias, "gate", inputs.query));
        LUTRA_TRY(output, context.add_part("gated", "multiply", {}, {output, gate}));
    }
    return import_projection(context, projection(full_rank - 1, 2, options.num_output_axes), options.has_bias, "attention_output", output);
}

}  // namespace lutra::keras
