#include <algorithm>
#include <array>

#include "lutra/import/torch/aten_families.h"

namespace lutra::torch {

namespace {

/// An operator of one tensor that ONNX has under another name.
template <const char* op_type>
Result<void> spell(AtenNode& node) {
    LUTRA_TRY(const std::string input, node.first_tensor());
    node.finish(op_type, {input});
    return {};
}

constexpr char abs[] = "Abs";
constexpr char erf[] = "Erf";
constexpr char exp[] = "Exp";
constexpr char hard_swish[] = "HardSwish";
constexpr char identity[] = "Identity";
constexpr char log[] = "Log";
constexpr char logical_not[] = "Not";
constexpr char mish[] = "Mish";
constexpr char neg[] = "Neg";
constexpr char reciprocal[] = "Reciprocal";
constexpr char relu[] = "Relu";
constexpr char selu[] = "Selu";
constexpr char sigmoid[] = "Sigmoid";
constexpr char sign[] = "Sign";
constexpr char softsign[] = "Softsign";
constexpr char sqrt[] = "Sqrt";
constexpr char swish[] = "Swish";
constexpr char tanh[] = "Tanh";

struct Entry {
    std::string_view target;
    AtenHandler handler;
};

/// The table. Operators that end in "_" write into their input; exported programs only read the result.
constexpr std::array handlers = {
    Entry{"aten._log_softmax.default", spell_softmax},
    Entry{"aten._native_batch_norm_legit_no_training.default", spell_batch_norm},
    Entry{"aten._softmax.default", spell_softmax},
    Entry{"aten._to_copy.default", spell_cast},
    Entry{"aten._unsafe_view.default", spell_view},
    Entry{"aten.abs.default", spell<abs>},
    Entry{"aten.add.Scalar", spell_add},
    Entry{"aten.add.Tensor", spell_add},
    Entry{"aten.add_.Tensor", spell_add},
    Entry{"aten.addmm.default", spell_addmm},
    Entry{"aten.alias.default", spell<identity>},
    Entry{"aten.alpha_dropout.default", spell_dropout},
    Entry{"aten.amax.default", spell_amax},
    Entry{"aten.amin.default", spell_amin},
    Entry{"aten.argmax.default", spell_argmax},
    Entry{"aten.batch_norm.default", spell_batch_norm},
    Entry{"aten.bmm.default", spell_matmul},
    Entry{"aten.cat.default", spell_cat},
    Entry{"aten.celu.default", spell_celu},
    Entry{"aten.chunk.default", spell_split},
    Entry{"aten.clamp.Tensor", spell_clamp},
    Entry{"aten.clamp.default", spell_clamp},
    Entry{"aten.clamp_max.default", spell_clamp},
    Entry{"aten.clamp_min.default", spell_clamp},
    Entry{"aten.clone.default", spell<identity>},
    Entry{"aten.constant_pad_nd.default", spell_pad},
    Entry{"aten.contiguous.default", spell<identity>},
    Entry{"aten.detach.default", spell<identity>},
    Entry{"aten.detach_.default", spell<identity>},
    Entry{"aten.div.Scalar", spell_div},
    Entry{"aten.div.Tensor", spell_div},
    Entry{"aten.div.Tensor_mode", spell_div},
    Entry{"aten.dropout.default", spell_dropout},
    Entry{"aten.einsum.default", spell_einsum},
    Entry{"aten.elu.default", spell_elu},
    Entry{"aten.elu_.default", spell_elu},
    Entry{"aten.embedding.default", spell_embedding},
    Entry{"aten.eq.Scalar", spell_equal},
    Entry{"aten.eq.Tensor", spell_equal},
    Entry{"aten.erf.default", spell<erf>},
    Entry{"aten.exp.default", spell<exp>},
    Entry{"aten.exp2.default", spell_exp2},
    Entry{"aten.expand.default", spell_expand},
    Entry{"aten.feature_dropout.default", spell_dropout},
    Entry{"aten.flatten.using_ints", spell_flatten},
    Entry{"aten.ge.Scalar", spell_greater_or_equal},
    Entry{"aten.ge.Tensor", spell_greater_or_equal},
    Entry{"aten.gelu.default", spell_gelu},
    Entry{"aten.glu.default", spell_glu},
    Entry{"aten.gt.Scalar", spell_greater},
    Entry{"aten.gt.Tensor", spell_greater},
    Entry{"aten.hardsigmoid.default", spell_hardsigmoid},
    Entry{"aten.hardswish.default", spell<hard_swish>},
    Entry{"aten.hardswish_.default", spell<hard_swish>},
    Entry{"aten.hardtanh.default", spell_hardtanh},
    Entry{"aten.hardtanh_.default", spell_hardtanh},
    Entry{"aten.index_select.default", spell_index_select},
    Entry{"aten.layer_norm.default", spell_layer_norm},
    Entry{"aten.le.Scalar", spell_less_or_equal},
    Entry{"aten.le.Tensor", spell_less_or_equal},
    Entry{"aten.leaky_relu.default", spell_leaky_relu},
    Entry{"aten.leaky_relu_.default", spell_leaky_relu},
    Entry{"aten.lift_fresh_copy.default", spell<identity>},
    Entry{"aten.linear.default", spell_linear},
    Entry{"aten.log.default", spell<log>},
    Entry{"aten.log_sigmoid.default", spell_log_sigmoid},
    Entry{"aten.log_softmax.int", spell_softmax},
    Entry{"aten.logical_not.default", spell<logical_not>},
    Entry{"aten.lt.Scalar", spell_less},
    Entry{"aten.lt.Tensor", spell_less},
    Entry{"aten.matmul.default", spell_matmul},
    Entry{"aten.max.dim", spell_max_of_axis},
    Entry{"aten.max.other", spell_maximum},
    Entry{"aten.maximum.default", spell_maximum},
    Entry{"aten.mean.default", spell_mean},
    Entry{"aten.mean.dim", spell_mean},
    Entry{"aten.min.dim", spell_min_of_axis},
    Entry{"aten.min.other", spell_minimum},
    Entry{"aten.minimum.default", spell_minimum},
    Entry{"aten.mish.default", spell<mish>},
    Entry{"aten.mm.default", spell_matmul},
    Entry{"aten.mul.Scalar", spell_mul},
    Entry{"aten.mul.Tensor", spell_mul},
    Entry{"aten.native_layer_norm.default", spell_layer_norm},
    Entry{"aten.neg.default", spell<neg>},
    Entry{"aten.pad.default", spell_pad},
    Entry{"aten.permute.default", spell_permute},
    Entry{"aten.pow.Scalar", spell_pow},
    Entry{"aten.pow.Tensor_Scalar", spell_pow},
    Entry{"aten.prelu.default", spell_prelu},
    Entry{"aten.reciprocal.default", spell<reciprocal>},
    Entry{"aten.relu.default", spell<relu>},
    Entry{"aten.relu6.default", spell_relu6},
    Entry{"aten.relu_.default", spell<relu>},
    Entry{"aten.repeat.default", spell_repeat},
    Entry{"aten.reshape.default", spell_view},
    Entry{"aten.rms_norm.default", spell_rms_norm},
    Entry{"aten.rsqrt.default", spell_rsqrt},
    Entry{"aten.rsub.Scalar", spell_rsub},
    Entry{"aten.rsub.Tensor", spell_rsub},
    Entry{"aten.scaled_dot_product_attention.default", spell_attention},
    Entry{"aten.select.int", spell_select},
    Entry{"aten.selu.default", spell<selu>},
    Entry{"aten.sigmoid.default", spell<sigmoid>},
    Entry{"aten.sign.default", spell<sign>},
    Entry{"aten.silu.default", spell<swish>},
    Entry{"aten.silu_.default", spell<swish>},
    Entry{"aten.slice.Tensor", spell_slice},
    Entry{"aten.softmax.int", spell_softmax},
    Entry{"aten.softplus.default", spell_softplus},
    Entry{"aten.softshrink.default", spell_soft_shrink},
    Entry{"aten.softsign.default", spell<softsign>},
    Entry{"aten.split.Tensor", spell_split},
    Entry{"aten.split_with_sizes.default", spell_split},
    Entry{"aten.sqrt.default", spell<sqrt>},
    Entry{"aten.square.default", spell_square},
    Entry{"aten.squeeze.default", spell_squeeze},
    Entry{"aten.squeeze.dim", spell_squeeze},
    Entry{"aten.squeeze.dims", spell_squeeze},
    Entry{"aten.stack.default", spell_stack},
    Entry{"aten.sub.Scalar", spell_sub},
    Entry{"aten.sub.Tensor", spell_sub},
    Entry{"aten.sum.dim_IntList", spell_sum},
    Entry{"aten.t.default", spell_transpose},
    Entry{"aten.tanh.default", spell<tanh>},
    Entry{"aten.tanhshrink.default", spell_tanh_shrink},
    Entry{"aten.to.dtype", spell_cast},
    Entry{"aten.to.dtype_layout", spell_cast},
    Entry{"aten.topk.default", spell_topk},
    Entry{"aten.transpose.int", spell_transpose},
    Entry{"aten.unsqueeze.default", spell_unsqueeze},
    Entry{"aten.view.default", spell_view},
    Entry{"aten.where.Scalar", spell_where},
    Entry{"aten.where.ScalarOther", spell_where},
    Entry{"aten.where.ScalarSelf", spell_where},
    Entry{"aten.where.self", spell_where},
    Entry{"quantized_decomposed.dequantize_per_channel.default", spell_dequantize},
    Entry{"quantized_decomposed.dequantize_per_tensor.default", spell_dequantize},
    Entry{"quantized_decomposed.quantize_per_channel.default", spell_quantize},
    Entry{"quantized_decomposed.quantize_per_tensor.default", spell_quantize},
};
static_assert(std::ranges::is_sorted(handlers, {}, &Entry::target));

struct Advice {
    std::string_view part;  ///< of the target
    std::string_view text;
};

constexpr std::array advices = {
    Advice{"conv", "convolutions are not supported yet; fully connected layers are (torch.nn.Linear)"},
    Advice{"pool", "pooling is not supported yet; fully connected layers are (torch.nn.Linear)"},
    Advice{"lstm", "recurrent layers are not supported yet; fully connected layers are (torch.nn.Linear)"},
    Advice{"gru", "recurrent layers are not supported yet; fully connected layers are (torch.nn.Linear)"},
    Advice{"rnn", "recurrent layers are not supported yet; fully connected layers are (torch.nn.Linear)"},
    Advice{"attention",
           "nearest is scaled_dot_product_attention, which torch.nn.MultiheadAttention has outside of its fast path: export after "
           "torch.backends.mha.set_fastpath_enabled(False)"},
    Advice{"_operator", "give views the size of the batch itself, or -1"},
    Advice{"higher_order", "export without control flow"},
};

}  // namespace

AtenHandler find_aten_handler(std::string_view target) {
    const auto* found = std::ranges::lower_bound(handlers, target, {}, &Entry::target);
    return found == handlers.end() || found->target != target ? nullptr : found->handler;
}

std::string advice_for_aten(std::string_view target) {
    for (const Advice& advice : advices) {
        if (target.find(advice.part) != std::string_view::npos) {
            return std::string(advice.text);
        }
    }
    return "use operators of fully connected nets, or export ONNX: torch.onnx.export(net, (x,), \"model.onnx\")";
}

}  // namespace lutra::torch
