#include "lutra/import/keras/handlers.h"

#include <algorithm>
#include <array>

#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

using enum Library;

/// The table, by library and name.
constexpr std::array handlers = {
    Handler{Keras, "Activation", import_activation},
    Handler{Keras, "ActivityRegularization", import_identity},
    Handler{Keras, "Add", import_add},
    Handler{Keras, "AlphaDropout", import_identity},
    Handler{Keras, "Average", import_average},
    Handler{Keras, "BatchNormalization", import_batch_normalization},
    Handler{Keras, "Concatenate", import_concatenate},
    Handler{Keras, "Dense", import_dense},
    Handler{Keras, "Dot", import_dot},
    Handler{Keras, "Dropout", import_identity},
    Handler{Keras, "ELU", import_elu},
    Handler{Keras, "EinsumDense", import_einsum_dense},
    Handler{Keras, "Embedding", import_embedding},
    Handler{Keras, "Flatten", import_flatten},
    Handler{Keras, "GaussianDropout", import_identity},
    Handler{Keras, "GaussianNoise", import_identity},
    Handler{Keras, "Identity", import_identity},
    Handler{Keras, "LayerNormalization", import_layer_normalization},
    Handler{Keras, "LeakyReLU", import_leaky_relu},
    Handler{Keras, "Maximum", import_maximum},
    Handler{Keras, "Minimum", import_minimum},
    Handler{Keras, "MultiHeadAttention", import_multi_head_attention},
    Handler{Keras, "Multiply", import_multiply},
    Handler{Keras, "Normalization", import_normalization},
    Handler{Keras, "PReLU", import_prelu},
    Handler{Keras, "Permute", import_permute},
    Handler{Keras, "RMSNormalization", import_rms_normalization},
    Handler{Keras, "ReLU", import_relu},
    Handler{Keras, "RepeatVector", import_repeat_vector},
    Handler{Keras, "Rescaling", import_rescaling},
    Handler{Keras, "Reshape", import_reshape},
    Handler{Keras, "Softmax", import_softmax},
    Handler{Keras, "SpatialDropout1D", import_identity},
    Handler{Keras, "Subtract", import_subtract},
    Handler{Keras, "ThresholdedReLU", import_thresholded_relu},
    Handler{Keras, "BinaryDense", import_binary_dense},
    Handler{Keras, "TernaryDense", import_ternary_dense},
    Handler{QKeras, "QActivation", import_qkeras_activation},
    Handler{QKeras, "QBatchNormalization", import_qkeras_batch_normalization},
    Handler{QKeras, "QDense", import_qkeras_dense},
    Handler{QKeras, "QDenseBatchnorm", import_qkeras_dense_batchnorm},
    Handler{Hgq, "QBatchNormDense", import_hgq_batchnorm_dense},
    Handler{Hgq, "QDot", import_hgq_dot},
    Handler{Hgq, "QAffinedUnaryFunctionLUT", import_hgq_affine_function},
    Handler{Hgq, "QSoftmax", import_hgq_softmax},
    Handler{Hgq, "QUnaryFunctionLUT", import_hgq_function},
    Handler{Hgq, "QAdd", import_hgq_add},
    Handler{Hgq, "QAveragePow2", import_hgq_average},
    Handler{Hgq, "QBatchNormalization", import_hgq_batch_normalization},
    Handler{Hgq, "QDense", import_hgq_dense},
    Handler{Hgq, "QDenseT", import_hgq_dense_table},
    Handler{Hgq, "QEinsum", import_hgq_einsum},
    Handler{Hgq, "QEinsumDense", import_hgq_einsum_dense},
    Handler{Hgq, "QEinsumDenseBatchnorm", import_hgq_einsum_dense_batchnorm},
    Handler{Hgq, "QEinsumDenseT", import_hgq_einsum_dense_table},
    Handler{Hgq, "QLinformerAttention", import_hgq_linformer},
    Handler{Hgq, "QLinformerAttentionT", import_hgq_linformer_table},
    Handler{Hgq, "QMaximum", import_hgq_maximum},
    Handler{Hgq, "QMeanPow2", import_hgq_mean},
    Handler{Hgq, "QMinimum", import_hgq_minimum},
    Handler{Hgq, "QMultiHeadAttention", import_hgq_attention},
    Handler{Hgq, "QMultiHeadAttentionT", import_hgq_attention_table},
    Handler{Hgq, "QMultiply", import_hgq_multiply},
    Handler{Hgq, "QSubtract", import_hgq_subtract},
    Handler{Hgq, "QSum", import_hgq_sum},
    Handler{Hgq, "Quantizer", import_hgq_quantizer},
};

/// What to do about layers that models often have and we do not; the first part that the class contains decides.
struct Advice {
    std::string_view part;
    std::string_view text;
};

constexpr std::array advices = {
    Advice{"Conv", "convolutions are not supported yet; fully connected layers are (Dense)"},
    Advice{"Pool", "pooling is not supported yet; fully connected layers are (Dense)"},
    Advice{"UpSampling", "layers of images are not supported yet; fully connected layers are (Dense)"},
    Advice{"ZeroPadding", "layers of images are not supported yet; fully connected layers are (Dense)"},
    Advice{"Cropping", "layers of images are not supported yet; fully connected layers are (Dense)"},
    Advice{"LSTM", "recurrent layers are not supported yet; fully connected layers are (Dense)"},
    Advice{"GRU", "recurrent layers are not supported yet; fully connected layers are (Dense)"},
    Advice{"RNN", "recurrent layers are not supported yet; fully connected layers are (Dense)"},
    Advice{"SNN", "spiking layers are not supported; fully connected layers are (Dense)"},
    Advice{"LIF", "spiking layers are not supported; fully connected layers are (Dense)"},
    Advice{"Bidirectional", "recurrent layers are not supported yet; fully connected layers are (Dense)"},
    Advice{"Attention", "attention is not supported yet; build it of Dense, Multiply and Softmax"},
    Advice{"PruneLowMagnitude", "take the wrapper off before saving: tfmot.sparsity.keras.strip_pruning(model)"},
    Advice{"QuantizeWrapper", "quantise with QKeras or HGQ instead, or export as QDQ ONNX"},
    Advice{"QuantizeLayer", "quantise with QKeras or HGQ instead, or export as QDQ ONNX"},
    Advice{"TimeDistributed", "Dense works on the last axis of any input: use it without the wrapper"},
    Advice{"Lambda", "a Lambda holds Python code: use a layer that says what it does, such as Activation or Multiply"},
    Advice{"TFOpLambda", "use a layer that says what it does, such as Activation, Add or Multiply"},
    Advice{"SlicingOpLambda", "slice with a layer of its own, or give the model several inputs"},
    Advice{"Normalization", "use BatchNormalization, whose statistics are constants, or LayerNormalization"},
    Advice{"QAdaptiveActivation", "use QActivation with the quantiser that it has learnt"},
};

}  // namespace

const Handler* find_handler(const LayerConfig& layer) {
    const auto found = std::ranges::find_if(handlers, [&](const Handler& handler) { return handler.library == layer.library && handler.class_name == layer.class_name; });
    return found == handlers.end() ? nullptr : &*found;
}

std::string advice_for(const LayerConfig& layer) {
    const auto found = std::ranges::find_if(advices, [&](const Advice& advice) { return layer.class_name.find(advice.part) != std::string::npos; });
    if (found != advices.end()) {
        return std::string(found->text);
    }
    std::string known;
    for (const Handler& handler : handlers) {
        if (handler.library == layer.library) {
            known += (known.empty() ? "" : ", ") + std::string(handler.class_name);
        }
    }
    return "of " + std::string(name_of(layer.library)) + " these are supported: " + known;
}

}  // namespace lutra::keras
