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
    Entry{"aten.argmax.default", spell_argmax},
    Entry{"aten.batch_norm.default", spell_batch_norm},
    Entry{"aten.cat.default", spell_cat},
    Entry{"aten.celu.default", spell_celu},
    Entry{"aten.chunk.default", spell_split},
    Entry{"aten.clamp.Tensor", spell_clamp},
    Entry{"aten.clamp.default", spell_clamp},
    Entry{"aten.clamp_max.default", spell_clamp},
    Entry{"aten.clamp_min.default", spell_clamp},
    Entry{"aten.clone.default", spell<identity>},
    Entry{"aten.contiguous.default", spell<identity>},
    Entry{"aten.detach.default", spell<identity>},
    Entry{"aten.detach_.default", spell<identity>},
    Entry{"aten.div.Scalar", spell_div},
    Entry{"aten.div.Tensor", spell_div},
    Entry{"aten.div.Tensor_mode", spell_div},
    Entry{"aten.dropout.default", spell_dropout},
    Entry{"aten.elu.default", spell_elu},
    Entry{"aten.elu_.default", spell_elu},
    Entry{"aten.erf.default", spell<erf>},
    Entry{"aten.exp.default", spell<exp>},
    Entry{"aten.feature_dropout.default", spell_dropout},
    Entry{"aten.flatten.using_ints", spell_flatten},
    Entry{"aten.gelu.default", spell_gelu},
    Entry{"aten.hardsigmoid.default", spell_hardsigmoid},
    Entry{"aten.hardswish.default", spell<hard_swish>},
    Entry{"aten.hardswish_.default", spell<hard_swish>},
    Entry{"aten.hardtanh.default", spell_hardtanh},
    Entry{"aten.hardtanh_.default", spell_hardtanh},
    Entry{"aten.layer_norm.default", spell_layer_norm},
    Entry{"aten.leaky_relu.default", spell_leaky_relu},
    Entry{"aten.leaky_relu_.default", spell_leaky_relu},
    Entry{"aten.lift_fresh_copy.default", spell<identity>},
    Entry{"aten.linear.default", spell_linear},
    Entry{"aten.log.default", spell<log>},
    Entry{"aten.log_softmax.int", spell_softmax},
    Entry{"aten.matmul.default", spell_matmul},
    Entry{"aten.maximum.default", spell_maximum},
    Entry{"aten.mean.default", spell_mean},
    Entry{"aten.mean.dim", spell_mean},
    Entry{"aten.minimum.default", spell_minimum},
    Entry{"aten.mish.default", spell<mish>},
    Entry{"aten.mm.default", spell_matmul},
    Entry{"aten.mul.Scalar", spell_mul},
    Entry{"aten.mul.Tensor", spell_mul},
    Entry{"aten.neg.default", spell<neg>},
    Entry{"aten.permute.default", spell_permute},
    Entry{"aten.pow.Tensor_Scalar", spell_pow},
    Entry{"aten.prelu.default", spell_prelu},
    Entry{"aten.reciprocal.default", spell<reciprocal>},
    Entry{"aten.relu.default", spell<relu>},
    Entry{"aten.relu6.default", spell_relu6},
    Entry{"aten.relu_.default", spell<relu>},
    Entry{"aten.reshape.default", spell_view},
    Entry{"aten.rsub.Scalar", spell_rsub},
    Entry{"aten.rsub.Tensor", spell_rsub},
    Entry{"aten.select.int", spell_select},
    Entry{"aten.selu.default", spell<selu>},
    Entry{"aten.sigmoid.default", spell<sigmoid>},
    Entry{"aten.sign.default", spell<sign>},
    Entry{"aten.silu.default", spell<swish>},
    Entry{"aten.silu_.default", spell<swish>},
    Entry{"aten.slice.Tensor", spell_slice},
    Entry{"aten.softmax.int", spell_softmax},
    Entry{"aten.softplus.default", spell_softplus},
    Entry{"aten.softsign.default", spell<softsign>},
    Entry{"aten.split.Tensor", spell_split},
    Entry{"aten.split_with_sizes.default", spell_split},
    Entry{"aten.sqrt.default", spell<sqrt>},
    Entry{"aten.squeeze.default", spell_squeeze},
    Entry{"aten.squeeze.dim", spell_squeeze},
    Entry{"aten.squeeze.dims", spell_squeeze},
    Entry{"aten.sub.Scalar", spell_sub},
    Entry{"aten.sub.Tensor", spell_sub},
    Entry{"aten.sum.dim_IntList", spell_sum},
    Entry{"aten.t.default", spell_transpose},
    Entry{"aten.tanh.default", spell<tanh>},
    Entry{"aten.to.dtype", spell_cast},
    Entry{"aten.to.dtype_layout", spell_cast},
    Entry{"aten.transpose.int", spell_transpose},
    Entry{"aten.unsqueeze.default", spell_unsqueeze},
    Entry{"aten.view.default", spell_view},
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
    Advice{"attention", "attention is not supported yet; fully connected layers are (torch.nn.Linear)"},
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
