#pragma once

/// The functions of the handler table, family by family; handlers.cpp says which operator each belongs to.

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

// import_dense.cpp
Result<void> import_gemm(NodeContext& context);
Result<void> import_matmul(NodeContext& context);

// import_arithmetic.cpp
Result<void> import_add(NodeContext& context);
Result<void> import_sub(NodeContext& context);
Result<void> import_mul(NodeContext& context);
Result<void> import_div(NodeContext& context);
/// 1 / divisor, with a decision that states its limit and error.
Result<Event> emit_reciprocal(NodeContext& context, const Event& divisor);
Result<void> import_neg(NodeContext& context);
Result<void> import_pow(NodeContext& context);

// import_activation.cpp
Result<void> import_relu(NodeContext& context);
Result<void> import_leaky_relu(NodeContext& context);
Result<void> import_prelu(NodeContext& context);
Result<void> import_thresholded_relu(NodeContext& context);
Result<void> import_clip(NodeContext& context);
Result<void> import_sigmoid(NodeContext& context);
Result<void> import_tanh(NodeContext& context);
Result<void> import_erf(NodeContext& context);
Result<void> import_mish(NodeContext& context);
Result<void> import_softplus(NodeContext& context);
Result<void> import_softsign(NodeContext& context);
Result<void> import_exp(NodeContext& context);
Result<void> import_log(NodeContext& context);
Result<void> import_sqrt(NodeContext& context);
Result<void> import_reciprocal(NodeContext& context);
/// Says what happens to results beyond the limit of such an op.
void decide_limit(NodeContext& context, std::string_view op);
Result<void> import_gelu(NodeContext& context);
Result<void> import_swish(NodeContext& context);
Result<void> import_elu(NodeContext& context);
Result<void> import_selu(NodeContext& context);
Result<void> import_celu(NodeContext& context);
Result<void> import_hard_sigmoid(NodeContext& context);
Result<void> import_hard_swish(NodeContext& context);
Result<void> import_softmax(NodeContext& context);
Result<void> import_log_softmax(NodeContext& context);
Result<void> import_sign(NodeContext& context);

// import_elementwise.cpp
Result<void> import_abs(NodeContext& context);
Result<void> import_min(NodeContext& context);
Result<void> import_max(NodeContext& context);
Result<void> import_sum(NodeContext& context);
Result<void> import_mean(NodeContext& context);
Result<void> import_equal(NodeContext& context);
Result<void> import_less(NodeContext& context);
Result<void> import_greater(NodeContext& context);
Result<void> import_less_or_equal(NodeContext& context);
Result<void> import_greater_or_equal(NodeContext& context);
Result<void> import_and(NodeContext& context);
Result<void> import_or(NodeContext& context);
Result<void> import_not(NodeContext& context);
Result<void> import_where(NodeContext& context);

// import_extension.cpp
Result<void> import_pad(NodeContext& context);
Result<void> import_expand(NodeContext& context);
Result<void> import_tile(NodeContext& context);

// import_reduction.cpp
Result<void> import_reduce_max(NodeContext& context);
Result<void> import_reduce_min(NodeContext& context);
Result<void> import_reduce_sum(NodeContext& context);
Result<void> import_reduce_sum_square(NodeContext& context);
Result<void> import_reduce_mean(NodeContext& context);

// import_einsum.cpp
Result<void> import_einsum(NodeContext& context);
/// A MatMul of two tensors of the event.
Result<void> import_matmul_of_events(NodeContext& context);

// import_pass_through.cpp
Result<void> import_identity(NodeContext& context);
Result<void> import_dropout(NodeContext& context);
Result<void> import_cast(NodeContext& context);

// import_normalization.cpp
Result<void> import_batch_normalization(NodeContext& context);
Result<void> import_layer_normalization(NodeContext& context);
Result<void> import_rms_normalization(NodeContext& context);

// import_shape.cpp
Result<void> import_reshape(NodeContext& context);
Result<void> import_flatten(NodeContext& context);
Result<void> import_squeeze(NodeContext& context);
Result<void> import_unsqueeze(NodeContext& context);
Result<void> import_transpose(NodeContext& context);
Result<void> import_shape(NodeContext& context);

// import_pieces.cpp
Result<void> import_concat(NodeContext& context);
Result<void> import_slice(NodeContext& context);
Result<void> import_split(NodeContext& context);
Result<void> import_gather(NodeContext& context);
Result<void> import_array_feature_extractor(NodeContext& context);

// import_selection.cpp
Result<void> import_argmax(NodeContext& context);
Result<void> import_argmin(NodeContext& context);
Result<void> import_topk(NodeContext& context);

// import_ml.cpp: what skl2onnx writes
Result<void> import_scaler(NodeContext& context);
Result<void> import_linear_regressor(NodeContext& context);
Result<void> import_linear_classifier(NodeContext& context);
Result<void> import_normalizer(NodeContext& context);
Result<void> import_zip_map(NodeContext& context);
/// An ArrayFeatureExtractor on constant class labels.
Result<void> import_label_lookup(NodeContext& context);

// import_qonnx.cpp
Result<void> import_quant(NodeContext& context);
Result<void> import_bipolar_quant(NodeContext& context);
Result<void> import_trunc(NodeContext& context);

// import_qdq.cpp
Result<void> import_quantize_linear(NodeContext& context);
Result<void> import_dequantize_linear(NodeContext& context);
/// Narrows the integers between QuantizeLinear and DequantizeLinear.
Result<void> import_integer_clip(NodeContext& context, const QuantizedIntegers& integers);

// import_constant.cpp
Result<void> import_constant(NodeContext& context);

// fold_elementwise.cpp: arithmetic of constants in their own type
Result<Tensor> fold_add(NodeContext& context);
Result<Tensor> fold_sub(NodeContext& context);
Result<Tensor> fold_mul(NodeContext& context);
Result<Tensor> fold_div(NodeContext& context);
Result<Tensor> fold_pow(NodeContext& context);
Result<Tensor> fold_neg(NodeContext& context);
Result<Tensor> fold_sqrt(NodeContext& context);
Result<Tensor> fold_reciprocal(NodeContext& context);
Result<Tensor> fold_abs(NodeContext& context);
Result<Tensor> fold_exp(NodeContext& context);
Result<Tensor> fold_log(NodeContext& context);
Result<Tensor> fold_round(NodeContext& context);
Result<Tensor> fold_ceil(NodeContext& context);
Result<Tensor> fold_floor(NodeContext& context);
Result<Tensor> fold_cast(NodeContext& context);
Result<Tensor> fold_clip(NodeContext& context);

Result<Tensor> fold_mod(NodeContext& context);
Result<Tensor> fold_relu(NodeContext& context);
Result<Tensor> fold_sigmoid(NodeContext& context);
Result<Tensor> fold_tanh(NodeContext& context);
Result<Tensor> fold_erf(NodeContext& context);
Result<Tensor> fold_sign(NodeContext& context);

// fold_logic.cpp: comparisons and choices
Result<Tensor> fold_equal(NodeContext& context);
Result<Tensor> fold_less(NodeContext& context);
Result<Tensor> fold_greater(NodeContext& context);
Result<Tensor> fold_less_or_equal(NodeContext& context);
Result<Tensor> fold_greater_or_equal(NodeContext& context);
Result<Tensor> fold_and(NodeContext& context);
Result<Tensor> fold_or(NodeContext& context);
Result<Tensor> fold_not(NodeContext& context);
Result<Tensor> fold_min(NodeContext& context);
Result<Tensor> fold_max(NodeContext& context);
Result<Tensor> fold_where(NodeContext& context);

// fold_extension.cpp: constants that grow
Result<Tensor> fold_expand(NodeContext& context);
Result<Tensor> fold_tile(NodeContext& context);
Result<Tensor> fold_pad(NodeContext& context);
Result<Tensor> fold_range(NodeContext& context);

// fold_products.cpp: products of matrices
Result<Tensor> fold_matmul(NodeContext& context);
Result<Tensor> fold_gemm(NodeContext& context);

// fold_reduction.cpp
Result<Tensor> fold_reduce_sum(NodeContext& context);
Result<Tensor> fold_reduce_prod(NodeContext& context);
Result<Tensor> fold_reduce_max(NodeContext& context);
Result<Tensor> fold_reduce_min(NodeContext& context);
Result<Tensor> fold_reduce_mean(NodeContext& context);

// fold_shape.cpp: constants whose elements only move
Result<Tensor> fold_identity(NodeContext& context);
Result<Tensor> fold_transpose(NodeContext& context);
Result<Tensor> fold_reshape(NodeContext& context);
Result<Tensor> fold_flatten(NodeContext& context);
Result<Tensor> fold_squeeze(NodeContext& context);
Result<Tensor> fold_unsqueeze(NodeContext& context);
Result<Tensor> fold_concat(NodeContext& context);
Result<Tensor> fold_slice(NodeContext& context);
Result<Tensor> fold_gather(NodeContext& context);
Result<Tensor> fold_shape(NodeContext& context);
Result<Tensor> fold_constant_of_shape(NodeContext& context);

// fold_quantize.cpp: weights through quantisers
Result<Tensor> fold_quant(NodeContext& context);
Result<Tensor> fold_bipolar_quant(NodeContext& context);
Result<Tensor> fold_quantize_linear(NodeContext& context);
Result<Tensor> fold_dequantize_linear(NodeContext& context);

}  // namespace lutra::onnx
