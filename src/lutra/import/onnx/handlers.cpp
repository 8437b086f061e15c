#include "lutra/import/onnx/handlers.h"

#include <algorithm>
#include <array>

#include "lutra/import/onnx/families.h"
#include "lutra/import/onnx/operator_advice.h"

namespace lutra::onnx {

namespace {

constexpr std::string_view onnx_domain;
constexpr std::string_view ml_domain = "ai.onnx.ml";
/// Stands for all domains that QONNX's operators have had.
constexpr std::string_view qonnx_domain = "qonnx";

/// The table, by domain and name.
constexpr std::array handlers = {
    Handler{onnx_domain, "Abs", fold_abs, import_abs},
    Handler{onnx_domain, "Add", fold_add, import_add},
    Handler{onnx_domain, "And", fold_and, import_and},
    Handler{onnx_domain, "ArgMax", nullptr, import_argmax},
    Handler{onnx_domain, "ArgMin", nullptr, import_argmin},
    Handler{onnx_domain, "BatchNormalization", nullptr, import_batch_normalization},
    Handler{onnx_domain, "Cast", fold_cast, import_cast},
    Handler{onnx_domain, "Ceil", fold_ceil, nullptr},
    Handler{onnx_domain, "Celu", nullptr, import_celu},
    Handler{onnx_domain, "Clip", fold_clip, import_clip},
    Handler{onnx_domain, "Concat", fold_concat, import_concat},
    Handler{onnx_domain, "Constant", nullptr, import_constant},
    Handler{onnx_domain, "ConstantOfShape", fold_constant_of_shape, nullptr},
    Handler{onnx_domain, "DequantizeLinear", fold_dequantize_linear, import_dequantize_linear},
    Handler{onnx_domain, "Div", fold_div, import_div},
    Handler{onnx_domain, "Dropout", fold_identity, import_dropout},
    Handler{onnx_domain, "Einsum", nullptr, import_einsum},
    Handler{onnx_domain, "Elu", nullptr, import_elu},
    Handler{onnx_domain, "Equal", fold_equal, import_equal},
    Handler{onnx_domain, "Erf", fold_erf, import_erf},
    Handler{onnx_domain, "Exp", fold_exp, import_exp},
    Handler{onnx_domain, "Expand", fold_expand, import_expand},
    Handler{onnx_domain, "Flatten", fold_flatten, import_flatten},
    Handler{onnx_domain, "Floor", fold_floor, nullptr},
    Handler{onnx_domain, "Gather", fold_gather, import_gather},
    Handler{onnx_domain, "Gelu", nullptr, import_gelu},
    Handler{onnx_domain, "Gemm", fold_gemm, import_gemm},
    Handler{onnx_domain, "Greater", fold_greater, import_greater},
    Handler{onnx_domain, "GreaterOrEqual", fold_greater_or_equal, import_greater_or_equal},
    Handler{onnx_domain, "HardSigmoid", nullptr, import_hard_sigmoid},
    Handler{onnx_domain, "HardSwish", nullptr, import_hard_swish},
    Handler{onnx_domain, "Identity", fold_identity, import_identity},
    Handler{onnx_domain, "LayerNormalization", nullptr, import_layer_normalization},
    Handler{onnx_domain, "LeakyRelu", nullptr, import_leaky_relu},
    Handler{onnx_domain, "Less", fold_less, import_less},
    Handler{onnx_domain, "LessOrEqual", fold_less_or_equal, import_less_or_equal},
    Handler{onnx_domain, "Log", fold_log, import_log},
    Handler{onnx_domain, "LogSoftmax", nullptr, import_log_softmax},
    Handler{onnx_domain, "MatMul", fold_matmul, import_matmul},
    Handler{onnx_domain, "Max", fold_max, import_max},
    Handler{onnx_domain, "Mean", nullptr, import_mean},
    Handler{onnx_domain, "Min", fold_min, import_min},
    Handler{onnx_domain, "Mish", nullptr, import_mish},
    Handler{onnx_domain, "Mod", fold_mod, nullptr},
    Handler{onnx_domain, "Mul", fold_mul, import_mul},
    Handler{onnx_domain, "Neg", fold_neg, import_neg},
    Handler{onnx_domain, "Not", fold_not, import_not},
    Handler{onnx_domain, "Or", fold_or, import_or},
    Handler{onnx_domain, "PRelu", nullptr, import_prelu},
    Handler{onnx_domain, "Pad", fold_pad, import_pad},
    Handler{onnx_domain, "Pow", fold_pow, import_pow},
    Handler{onnx_domain, "QuantizeLinear", fold_quantize_linear, import_quantize_linear},
    Handler{onnx_domain, "RMSNormalization", nullptr, import_rms_normalization},
    Handler{onnx_domain, "Range", fold_range, nullptr},
    Handler{onnx_domain, "Reciprocal", fold_reciprocal, import_reciprocal},
    Handler{onnx_domain, "ReduceMax", fold_reduce_max, import_reduce_max},
    Handler{onnx_domain, "ReduceMean", fold_reduce_mean, import_reduce_mean},
    Handler{onnx_domain, "ReduceMin", fold_reduce_min, import_reduce_min},
    Handler{onnx_domain, "ReduceProd", fold_reduce_prod, nullptr},
    Handler{onnx_domain, "ReduceSum", fold_reduce_sum, import_reduce_sum},
    Handler{onnx_domain, "ReduceSumSquare", nullptr, import_reduce_sum_square},
    Handler{onnx_domain, "Relu", fold_relu, import_relu},
    Handler{onnx_domain, "Reshape", fold_reshape, import_reshape},
    Handler{onnx_domain, "Round", fold_round, nullptr},
    Handler{onnx_domain, "Selu", nullptr, import_selu},
    Handler{onnx_domain, "Shape", fold_shape, import_shape},
    Handler{onnx_domain, "Sigmoid", fold_sigmoid, import_sigmoid},
    Handler{onnx_domain, "Sign", fold_sign, import_sign},
    Handler{onnx_domain, "Slice", fold_slice, import_slice},
    Handler{onnx_domain, "Softmax", nullptr, import_softmax},
    Handler{onnx_domain, "Softplus", nullptr, import_softplus},
    Handler{onnx_domain, "Softsign", nullptr, import_softsign},
    Handler{onnx_domain, "Split", nullptr, import_split, true},
    Handler{onnx_domain, "Sqrt", fold_sqrt, import_sqrt},
    Handler{onnx_domain, "Squeeze", fold_squeeze, import_squeeze},
    Handler{onnx_domain, "Sub", fold_sub, import_sub},
    Handler{onnx_domain, "Sum", nullptr, import_sum},
    Handler{onnx_domain, "Swish", nullptr, import_swish},
    Handler{onnx_domain, "Tanh", fold_tanh, import_tanh},
    Handler{onnx_domain, "ThresholdedRelu", nullptr, import_thresholded_relu},
    Handler{onnx_domain, "Tile", fold_tile, import_tile},
    Handler{onnx_domain, "TopK", nullptr, import_topk},
    Handler{onnx_domain, "Transpose", fold_transpose, import_transpose},
    Handler{onnx_domain, "Unsqueeze", fold_unsqueeze, import_unsqueeze},
    Handler{onnx_domain, "Where", fold_where, import_where},
    Handler{ml_domain, "ArrayFeatureExtractor", nullptr, import_array_feature_extractor},
    Handler{ml_domain, "LinearClassifier", nullptr, import_linear_classifier},
    Handler{ml_domain, "LinearRegressor", nullptr, import_linear_regressor},
    Handler{ml_domain, "Normalizer", nullptr, import_normalizer},
    Handler{ml_domain, "Scaler", nullptr, import_scaler},
    Handler{ml_domain, "ZipMap", nullptr, import_zip_map},
    Handler{qonnx_domain, "BipolarQuant", fold_bipolar_quant, import_bipolar_quant},
    Handler{qonnx_domain, "IntQuant", fold_quant, import_quant},
    Handler{qonnx_domain, "Quant", fold_quant, import_quant},
    Handler{qonnx_domain, "Trunc", nullptr, import_trunc},
};

std::string_view table_domain(std::string_view domain) {
    const bool is_qonnx = domain == "qonnx.custom_op.general" || domain == "finn.custom_op.general" || domain == "onnx.brevitas" || domain == "finn";
    return is_qonnx ? qonnx_domain : domain;
}

}  // namespace

const Handler* find_handler(std::string_view domain, std::string_view op_type) {
    const std::string_view wanted = table_domain(domain);
    if (domain == qonnx_domain) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(handlers, [&](const Handler& handler) { return handler.domain == wanted && handler.op_type == op_type; });
    return found == handlers.end() ? nullptr : &*found;
}

std::string advice_for(std::string_view domain, std::string_view op_type) {
    if (const auto nearest = nearest_to(op_type)) {
        return std::string(*nearest);
    }
    return table_domain(domain) == qonnx_domain ? "of the QONNX operators Quant, IntQuant, BipolarQuant and Trunc are supported"
                                                : "export with operators that lutra ops lists, or ask for this one";
}

}  // namespace lutra::onnx
