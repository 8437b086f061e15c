#include "lutra/import/onnx/operator_advice.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace lutra::onnx {

namespace {

/// Operators, separated by spaces, and what works instead.
struct Family {
    std::string_view operators;
    std::string_view text;
};

constexpr std::array families = {
    Family{"Conv ConvInteger ConvTranspose QLinearConv DeformConv CausalConvWithState",
           "convolutions are not supported yet; fully connected layers are (Gemm, MatMul)"},
    Family{"MaxPool AveragePool LpPool MaxUnpool MaxRoiPool RoiAlign QLinearAveragePool",
           "pooling is not supported yet; nearest are ReduceMax and ReduceMean over whole axes"},
    Family{"GlobalAveragePool QLinearGlobalAveragePool", "nearest is ReduceMean over the axes of the positions"},
    Family{"GlobalMaxPool", "nearest is ReduceMax over the axes of the positions"},
    Family{"GlobalLpPool LpNormalization ReduceL2", "nearest is Mul of the values with themselves, ReduceSum and Sqrt"},
    Family{"ReduceL1", "nearest is Abs and ReduceSum"},
    Family{"ReduceLogSum", "nearest is ReduceSum and Log"},
    Family{"ReduceLogSumExp", "nearest is LogSoftmax, or Exp, ReduceSum and Log"},
    Family{"ReduceProd CumProd", "nearest is Mul of the parts that Split makes"},
    Family{"CumSum", "nearest is MatMul with a constant triangle of ones"},
    Family{"LSTM GRU RNN", "recurrent layers are not supported yet; fully connected layers are (Gemm, MatMul)"},
    Family{"Attention LinearAttention MultiHeadAttention RotaryEmbedding",
           "nearest is what it is made of: MatMul, Mul and Softmax; export with an opset before 23"},
    Family{"If Loop Scan SequenceMap", "export without control flow"},
    Family{"SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength ConcatFromSequence SplitToSequence Optional "
           "OptionalGetElement OptionalHasElement",
           "sequences and optional values are not supported: export tensors, with Split and Concat"},
    Family{"QLinearMatMul MatMulInteger", "export in QDQ form: QuantizeLinear and DequantizeLinear around MatMul"},
    Family{"QGemm", "export in QDQ form: QuantizeLinear and DequantizeLinear around Gemm"},
    Family{"DynamicQuantizeLinear", "quantise statically: scales must be constants"},
    Family{"BitCast CastLike", "nearest is Cast"},
    Family{"BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor", "bits of numbers are not supported: nearest are And, Or and Not of booleans"},
    Family{"Xor", "nearest is Not of Equal"},
    Family{"Acos Acosh Asin Asinh Atan Atanh Cos Cosh Sin Sinh Tan", "nearest are Tanh, Sigmoid and Softsign, which are bounded and monotone too"},
    Family{"Mod", "nearest is Sub of a multiple, or a quantiser that wraps around"},
    Family{"Ceil Floor Round", "of values of the event nearest is a quantiser with this rounding: QONNX' Quant with rounding_mode CEIL, FLOOR or ROUND"},
    Family{"Shrink", "nearest is Sub of Clip, which moves values towards 0"},
    Family{"Hardmax", "nearest is ArgMax, or TopK with k = 1"},
    Family{"SwiGLU", "nearest is what it is made of: Split, Swish and Mul"},
    Family{"InstanceNormalization GroupNormalization MeanVarianceNormalization LRN",
           "nearest is LayerNormalization over the last axes, or BatchNormalization, whose statistics are constants"},
    Family{"IsInf IsNaN", "values are always finite here: leave it out"},
    Family{"GatherElements GatherND Compress NonZero Unique Scatter ScatterElements ScatterND TensorScatter ReverseSequence",
           "which elements are taken must not depend on data: nearest are Gather and Slice with constants"},
    Family{"OneHot EyeLike Range Trilu ConstantOfShape Size",
           "of values of the event it is not supported: nearest are constants, and Equal for one-hot values"},
    Family{"Upsample Resize DepthToSpace SpaceToDepth GridSample AffineGrid CenterCropPad Col2Im ImageDecoder NonMaxSuppression",
           "operators of images are not supported: nearest are Reshape, Transpose, Slice and Tile"},
    Family{"DFT STFT BlackmanWindow HammingWindow HannWindow MelWeightMatrix Det", "nearest is MatMul with a constant matrix"},
    Family{"Bernoulli Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike",
           "random numbers are not supported: export the model in inference mode"},
    Family{"NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss", "it is a loss of training: export the model in inference mode"},
    Family{"StringConcat StringNormalizer StringSplit RegexFullMatch TfIdfVectorizer", "text is not supported: prepare it before the model and give numbers"},
    Family{"CastMap DictVectorizer", "dictionaries are not supported: prepare them before the model and give numbers"},
    Family{"CategoryMapper LabelEncoder OneHotEncoder", "categories are not supported: prepare them before the model and give numbers"},
    Family{"Binarizer", "nearest is Greater with a constant"},
    Family{"FeatureVectorizer", "nearest is Concat"},
    Family{"Imputer", "values are always finite here: leave it out, and fill gaps before the model"},
    Family{"SVMClassifier SVMRegressor", "nearest is a linear model: LinearClassifier or LinearRegressor"},
    Family{"TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor", "trees are not supported yet; fully connected layers are (Gemm, MatMul)"},
    Family{"MultiThreshold", "export before streamlining: Quant instead of MultiThreshold"},
    Family{"FloatQuant", "quantise to integers: Quant"},
    Family{"Im2Col", "convolutions are not supported yet; export before lowering them, with fully connected layers (Gemm, MatMul)"},
};

}  // namespace

std::optional<std::string_view> nearest_to(std::string_view op_type) {
    for (const Family& family : families) {
        for (const auto word : std::views::split(family.operators, ' ')) {
            if (std::string_view(word.begin(), word.end()) == op_type) {
                return family.text;
            }
        }
    }
    return std::nullopt;
}

}  // namespace lutra::onnx
