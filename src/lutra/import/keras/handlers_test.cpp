#include "lutra/import/keras/handlers.h"

#include <gtest/gtest.h>

#include <array>

#include "lutra/import/keras/layer_advice.h"

namespace lutra::keras {
namespace {

LayerConfig layer_of(Library library, std::string_view class_name) {
    return {.name = "layer", .class_name = std::string(class_name), .library = library, .registered_name = "", .config = {}, .calls = {}, .nested = {}};
}

// The classes of keras.layers (3.15.1; one of each family of image and preprocessing layers), of Keras 2 and of tfmot, that models can hold.
// clang-format off: many words on a line
constexpr std::array keras_imported = {
    "Activation", "ActivityRegularization", "Add", "AdditiveAttention", "Attention", "AlphaDropout", "Average", "BatchNormalization", "Concatenate", "Dense", "Dot", "Dropout", "ELU",
    "EinsumDense", "Embedding", "Flatten", "GaussianDropout", "GaussianNoise", "GlobalAveragePooling1D", "GlobalMaxPooling3D", "Identity",
    "LayerNormalization", "LeakyReLU", "Maximum", "Minimum", "MultiHeadAttention", "Multiply", "Normalization", "PReLU", "Permute",
    "RMSNormalization", "ReLU", "RepeatVector", "Rescaling", "Reshape", "Softmax", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
    "Subtract", "ThresholdedReLU",
};
constexpr std::array keras_refused = {
    "AdaptiveAveragePooling1D", "AdaptiveMaxPooling2D", "AugMix", "AutoContrast", "AveragePooling1D",
    "AveragePooling2D", "Bidirectional", "CategoryEncoding", "CenterCrop", "ContrastLimitedAdaptiveHistogramEqualization", "Conv1D",
    "Conv1DTranspose", "Conv2D", "Conv3D", "ConvLSTM2D", "Cropping1D", "CutMix", "DepthwiseConv2D", "Discretization", "Equalization", "FlaxLayer",
    "GRU", "GRUCell", "GroupNormalization", "GroupQueryAttention", "HashedCrossing", "Hashing", "IntegerLookup", "JaxLayer", "LSTM", "LSTMCell",
    "Lambda", "LocallyConnected1D", "Masking", "MaxNumBoundingBoxes", "MaxPooling1D", "MaxPooling3D", "MelSpectrogram", "MixUp", "Pipeline", "RNN",
    "RandAugment", "RandomBrightness", "RandomZoom", "Resizing", "ReversibleEmbedding", "STFTSpectrogram", "SeparableConv1D", "SimpleRNN",
    "SimpleRNNCell", "Solarization", "SpectralNormalization", "StackedRNNCells", "StringLookup", "TFSMLayer", "TextVectorization", "TimeDistributed",
    "TorchModuleWrapper", "UnitNormalization", "UpSampling2D", "Wrapper", "ZeroPadding1D", "TFOpLambda", "SlicingOpLambda", "PruneLowMagnitude",
    "QuantizeWrapperV2",
};
// Everything that hgq.layers of HGQ2 0.2.0 exports, and QSALTAttention, which it only defines.
constexpr std::array hgq_imported = {
    "QUnaryFunctionLUT", "QAffinedUnaryFunctionLUT", "QBatchNormalization", "QEinsumDenseBatchnorm", "QSoftmax", "Quantizer", "QAdd", "QDot",
    "QEinsumDense", "QMeanPow2", "QSum", "QAveragePow2", "QEinsum", "QMaximum", "QMinimum", "QMultiply", "QSubtract", "QLinformerAttention",
    "QLinformerAttentionT", "QMultiHeadAttention", "QMultiHeadAttentionT", "QBatchNormDense", "QDense", "QGlobalAveragePooling1D",
    "QGlobalAveragePooling2D", "QGlobalAveragePooling3D", "QGlobalMaxPooling1D", "QGlobalMaxPooling2D", "QGlobalMaxPooling3D", "QDenseT",
    "QEinsumDenseT",
};
constexpr std::array hgq_refused = {
    "QConv1D", "QConv2D", "QConv3D", "QMaxPooling1D", "QMaxPooling2D", "QMaxPooling3D", "QAveragePooling1D", "QAveragePooling2D",
    "QAveragePooling3D", "QSimpleRNN", "QGRU", "QSimpleSNNCell", "QLIFCell", "QSimpleSNN", "QLIF", "QConvT1D", "QConvT2D", "QSALTAttention",
};
// The layers of qkeras-v3 1.2.1.
constexpr std::array qkeras_imported = {
    "QActivation", "QBatchNormalization", "QDense", "QDenseBatchnorm",
};
constexpr std::array qkeras_refused = {
    "QAdaptiveActivation", "QAveragePooling2D", "QBidirectional", "QConv1D", "QConv2D", "QConv2DBatchnorm", "QConv2DTranspose", "QDepthwiseConv2D",
    "QDepthwiseConv2DBatchnorm", "QDepthwiseConv2DTranspose", "QGRU", "QGRUCell", "QGlobalAveragePooling2D", "QLSTM", "QScaleShift",
    "QSeparableConv1D", "QSeparableConv2D", "QSeparableConv2DTranspose", "QSimpleRNN", "QSimpleRNNCell",
};
// clang-format on

template <std::size_t N>
void expect_imported(Library library, const std::array<const char*, N>& names) {
    for (const char* const name : names) {
        EXPECT_NE(find_handler(layer_of(library, name)), nullptr) << name;
    }
}

template <std::size_t N>
void expect_refused_with_the_nearest(Library library, const std::array<const char*, N>& names) {
    for (const char* const name : names) {
        EXPECT_EQ(find_handler(layer_of(library, name)), nullptr) << name;
        EXPECT_TRUE(nearest_to(layer_of(library, name))) << name;
    }
}

TEST(Handlers, ImportTheLayersOfKerasOrNameTheNearest) {
    expect_imported(Library::Keras, keras_imported);
    expect_refused_with_the_nearest(Library::Keras, keras_refused);
}

TEST(Handlers, ImportTheLayersOfHgqOrNameTheNearest) {
    expect_imported(Library::Hgq, hgq_imported);
    expect_refused_with_the_nearest(Library::Hgq, hgq_refused);
}

TEST(Handlers, ImportTheLayersOfQKerasOrNameTheNearest) {
    expect_imported(Library::QKeras, qkeras_imported);
    expect_refused_with_the_nearest(Library::QKeras, qkeras_refused);
}

TEST(Handlers, NameLayersByTheirLibrary) {
    EXPECT_TRUE(nearest_to(layer_of(Library::Hgq, "QConv1D"))->find("QDense") != std::string::npos);
    EXPECT_TRUE(nearest_to(layer_of(Library::Keras, "Conv1D"))->find(" Dense") != std::string::npos);
    EXPECT_EQ(nearest_to(layer_of(Library::Keras, "GroupQueryAttention")), "nearest is MultiHeadAttention");
}

TEST(Handlers, ListWhatThereIsForClassesThatNobodyKnows) {
    EXPECT_FALSE(nearest_to(layer_of(Library::Keras, "MyTagger")));
    EXPECT_TRUE(advice_for(layer_of(Library::Hgq, "MyTagger")).starts_with("of HGQ these are supported: QAdd, QAffinedUnaryFunctionLUT,"));
}

}  // namespace
}  // namespace lutra::keras
