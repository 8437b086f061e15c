#include "lutra/import/onnx/handlers.h"

#include <gtest/gtest.h>

#include <ranges>

#include "lutra/import/onnx/operator_advice.h"

namespace lutra::onnx {
namespace {

// All operators of ONNX 1.23 (opset 26) and of its machine-learning part, without those that only training has.
constexpr std::string_view operators =
    "Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool BatchNormalization Bernoulli BitCast BitShift BitwiseAnd "
    "BitwiseNot BitwiseOr BitwiseXor "
    "BlackmanWindow Cast CastLike CausalConvWithState Ceil Celu CenterCropPad Clip Col2Im Compress Concat ConcatFromSequence Constant ConstantOfShape Conv "
    "ConvInteger ConvTranspose Cos Cosh "
    "CumProd CumSum DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor "
    "GRU Gather GatherElements GatherND "
    "Gelu Gemm GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization HammingWindow HannWindow HardSigmoid "
    "HardSwish Hardmax Identity If ImageDecoder "
    "InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual LinearAttention Log LogSoftmax Loop LpNormalization LpPool "
    "MatMul MatMulInteger Max MaxPool MaxRoiPool "
    "MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot "
    "Optional OptionalGetElement "
    "OptionalHasElement Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization RNN RandomNormal RandomNormalLike RandomUniform "
    "RandomUniformLike Range Reciprocal ReduceL1 "
    "ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape Resize "
    "ReverseSequence RoiAlign RotaryEmbedding Round "
    "STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape "
    "Shrink Sigmoid Sign Sin Sinh Size "
    "Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum "
    "SwiGLU Swish Tan Tanh TensorScatter "
    "TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze Upsample Where Xor";
constexpr std::string_view ml_operators =
    "ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder LinearClassifier LinearRegressor Normalizer "
    "OneHotEncoder SVMClassifier "
    "SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ZipMap";

void expect_known(std::string_view domain, std::string_view names) {
    for (const auto word : std::views::split(names, ' ')) {
        const std::string_view name(word.begin(), word.end());
        const Handler* handler = find_handler(domain, name);
        const bool is_imported = handler != nullptr && handler->import != nullptr;
        EXPECT_TRUE(is_imported || nearest_to(name)) << name;
        EXPECT_FALSE(is_imported && nearest_to(name)) << name;
    }
}

TEST(Handlers, ImportTheOperatorsOfOnnxOrNameTheNearest) {
    expect_known("", operators);
    expect_known("ai.onnx.ml", ml_operators);
}

TEST(Handlers, SayWhatToDoAboutOperatorsThatNobodyKnows) {
    EXPECT_FALSE(nearest_to("MyTagger"));
    EXPECT_EQ(advice_for("", "MyTagger"), "export with operators that lutra ops lists, or ask for this one");
    EXPECT_EQ(advice_for("qonnx.custom_op.general", "MyQuant"), "of the QONNX operators Quant, IntQuant, BipolarQuant and Trunc are supported");
}

}  // namespace
}  // namespace lutra::onnx
