#pragma once

/// The functions of the handler table, family by family; handlers.cpp says which class each belongs to.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

// import_activation.cpp
Result<NodeId> import_activation(LayerContext& context);
Result<NodeId> import_relu(LayerContext& context);
Result<NodeId> import_leaky_relu(LayerContext& context);
Result<NodeId> import_softmax(LayerContext& context);
Result<NodeId> import_elu(LayerContext& context);
Result<NodeId> import_prelu(LayerContext& context);
Result<NodeId> import_thresholded_relu(LayerContext& context);

// import_attention.cpp
Result<NodeId> import_multi_head_attention(LayerContext& context);

// import_dot_attention.cpp
Result<NodeId> import_attention(LayerContext& context);
Result<NodeId> import_additive_attention(LayerContext& context);

// import_dense.cpp
Result<NodeId> import_dense(LayerContext& context);
Result<NodeId> import_einsum_dense(LayerContext& context);

// import_embedding.cpp
Result<NodeId> import_embedding(LayerContext& context);

// import_fixed_normalization.cpp
Result<NodeId> import_normalization(LayerContext& context);

// import_line_normalization.cpp
Result<NodeId> import_layer_normalization(LayerContext& context);
Result<NodeId> import_rms_normalization(LayerContext& context);

// import_merge.cpp
Result<NodeId> import_add(LayerContext& context);
Result<NodeId> import_subtract(LayerContext& context);
Result<NodeId> import_multiply(LayerContext& context);
Result<NodeId> import_average(LayerContext& context);
Result<NodeId> import_maximum(LayerContext& context);
Result<NodeId> import_minimum(LayerContext& context);
Result<NodeId> import_dot(LayerContext& context);
Result<NodeId> import_concatenate(LayerContext& context);

// import_normalization.cpp
Result<NodeId> import_batch_normalization(LayerContext& context);

// import_shape.cpp
Result<NodeId> import_identity(LayerContext& context);
Result<NodeId> import_flatten(LayerContext& context);
Result<NodeId> import_reshape(LayerContext& context);
Result<NodeId> import_permute(LayerContext& context);
Result<NodeId> import_repeat_vector(LayerContext& context);
Result<NodeId> import_rescaling(LayerContext& context);

// import_qkeras.cpp
Result<NodeId> import_qkeras_dense(LayerContext& context);
Result<NodeId> import_qkeras_activation(LayerContext& context);
Result<NodeId> import_qkeras_batch_normalization(LayerContext& context);
Result<NodeId> import_qkeras_dense_batchnorm(LayerContext& context);

// import_ternary_dense.cpp
Result<NodeId> import_ternary_dense(LayerContext& context);
Result<NodeId> import_binary_dense(LayerContext& context);

// import_global_pooling.cpp
Result<NodeId> import_global_average(LayerContext& context);
Result<NodeId> import_global_maximum(LayerContext& context);
Result<NodeId> import_hgq_global_average(LayerContext& context);
Result<NodeId> import_hgq_global_maximum(LayerContext& context);

// import_hgq_attention.cpp
Result<NodeId> import_hgq_attention(LayerContext& context);
Result<NodeId> import_hgq_attention_table(LayerContext& context);
Result<NodeId> import_hgq_linformer(LayerContext& context);
Result<NodeId> import_hgq_linformer_table(LayerContext& context);

// import_hgq_dense.cpp
Result<NodeId> import_hgq_dense(LayerContext& context);
Result<NodeId> import_hgq_batchnorm_dense(LayerContext& context);
Result<NodeId> import_hgq_einsum_dense(LayerContext& context);
Result<NodeId> import_hgq_einsum_dense_batchnorm(LayerContext& context);

// import_hgq_function.cpp
Result<NodeId> import_hgq_function(LayerContext& context);
Result<NodeId> import_hgq_affine_function(LayerContext& context);

// import_hgq_softmax.cpp
Result<NodeId> import_hgq_softmax(LayerContext& context);

// import_hgq_merge.cpp
Result<NodeId> import_hgq_add(LayerContext& context);
Result<NodeId> import_hgq_subtract(LayerContext& context);
Result<NodeId> import_hgq_multiply(LayerContext& context);
Result<NodeId> import_hgq_average(LayerContext& context);
Result<NodeId> import_hgq_maximum(LayerContext& context);
Result<NodeId> import_hgq_minimum(LayerContext& context);
Result<NodeId> import_hgq_dot(LayerContext& context);
Result<NodeId> import_hgq_einsum(LayerContext& context);
Result<NodeId> import_hgq_sum(LayerContext& context);
Result<NodeId> import_hgq_mean(LayerContext& context);

// import_hgq_normalization.cpp
Result<NodeId> import_hgq_quantizer(LayerContext& context);
Result<NodeId> import_hgq_batch_normalization(LayerContext& context);

// import_hgq_table.cpp
Result<NodeId> import_hgq_dense_table(LayerContext& context);
Result<NodeId> import_hgq_einsum_dense_table(LayerContext& context);

}  // namespace lutra::keras
