#pragma once

/// The handlers of ATen operators, one family per file; the table is in aten_ops.cpp.

#include "lutra/import/torch/aten_node.h"

namespace lutra::torch {

// aten_layers.cpp: what holds weights
Result<void> spell_linear(AtenNode& node);
Result<void> spell_addmm(AtenNode& node);
Result<void> spell_matmul(AtenNode& node);
Result<void> spell_batch_norm(AtenNode& node);
Result<void> spell_layer_norm(AtenNode& node);
Result<void> spell_prelu(AtenNode& node);
Result<void> spell_dropout(AtenNode& node);

Result<void> spell_rms_norm(AtenNode& node);
Result<void> spell_einsum(AtenNode& node);
Result<void> spell_attention(AtenNode& node);

// aten_activations.cpp
Result<void> spell_clamp(AtenNode& node);
Result<void> spell_hardtanh(AtenNode& node);
Result<void> spell_relu6(AtenNode& node);
Result<void> spell_leaky_relu(AtenNode& node);
Result<void> spell_elu(AtenNode& node);
Result<void> spell_celu(AtenNode& node);
Result<void> spell_gelu(AtenNode& node);
Result<void> spell_hardsigmoid(AtenNode& node);
Result<void> spell_softplus(AtenNode& node);
Result<void> spell_log_sigmoid(AtenNode& node);
Result<void> spell_tanh_shrink(AtenNode& node);
Result<void> spell_soft_shrink(AtenNode& node);
Result<void> spell_glu(AtenNode& node);
Result<void> spell_softmax(AtenNode& node);

// aten_arithmetic.cpp
Result<void> spell_add(AtenNode& node);
Result<void> spell_sub(AtenNode& node);
Result<void> spell_rsub(AtenNode& node);
Result<void> spell_mul(AtenNode& node);
Result<void> spell_div(AtenNode& node);
Result<void> spell_maximum(AtenNode& node);
Result<void> spell_minimum(AtenNode& node);
Result<void> spell_pow(AtenNode& node);
Result<void> spell_exp2(AtenNode& node);
Result<void> spell_rsqrt(AtenNode& node);
Result<void> spell_square(AtenNode& node);
Result<void> spell_mean(AtenNode& node);
Result<void> spell_sum(AtenNode& node);
Result<void> spell_amax(AtenNode& node);
Result<void> spell_amin(AtenNode& node);
Result<void> spell_argmax(AtenNode& node);
Result<void> spell_cast(AtenNode& node);
/// The two halves of a quantiser, as quantisation-aware training exports them.
Result<void> spell_quantize(AtenNode& node);
Result<void> spell_dequantize(AtenNode& node);

// aten_shapes.cpp
Result<void> spell_flatten(AtenNode& node);
Result<void> spell_view(AtenNode& node);
Result<void> spell_unsqueeze(AtenNode& node);
Result<void> spell_squeeze(AtenNode& node);
Result<void> spell_permute(AtenNode& node);
Result<void> spell_transpose(AtenNode& node);
Result<void> spell_cat(AtenNode& node);
Result<void> spell_slice(AtenNode& node);
Result<void> spell_select(AtenNode& node);
Result<void> spell_split(AtenNode& node);

// aten_selections.cpp
Result<void> spell_max_of_axis(AtenNode& node);
Result<void> spell_min_of_axis(AtenNode& node);
Result<void> spell_topk(AtenNode& node);
Result<void> spell_embedding(AtenNode& node);
Result<void> spell_index_select(AtenNode& node);
Result<void> spell_where(AtenNode& node);
Result<void> spell_equal(AtenNode& node);
Result<void> spell_greater(AtenNode& node);
Result<void> spell_greater_or_equal(AtenNode& node);
Result<void> spell_less(AtenNode& node);
Result<void> spell_less_or_equal(AtenNode& node);
Result<void> spell_pad(AtenNode& node);
Result<void> spell_expand(AtenNode& node);
Result<void> spell_repeat(AtenNode& node);
Result<void> spell_stack(AtenNode& node);

}  // namespace lutra::torch
