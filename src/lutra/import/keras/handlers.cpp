#include "lutra/import/keras/handlers.h"

#include <algorithm>
#include <array>

#include "lutra/import/keras/families.h"
#include "lutra/import/keras/layer_advice.h"

namespace lutra::keras {

namespace {

using enum Library;

/// The table, by library and name.
constexpr std::array handlers = {
    Handler{Keras, "Activation", import_activation},
    Handler{Keras, "ActivityRegularization", import_identity},
    Handler{Keras, "Add", import_add},
    Handler{Keras, "AdditiveAttention", import_additive_attention},
    Handler{Keras, "AlphaDropout", import_identity},
    Handler{Keras, "Attention", import_attention},
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
    Handler{Keras, "GlobalAveragePooling1D", import_global_average},
    Handler{Keras, "GlobalAveragePooling2D", import_global_average},
    Handler{Keras, "GlobalAveragePooling3D", import_global_average},
    Handler{Keras, "GlobalMaxPooling1D", import_global_maximum},
    Handler{Keras, "GlobalMaxPooling2D", import_global_maximum},
    Handler{Keras, "GlobalMaxPooling3D", import_global_maximum},
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
    Handler{Keras, "SpatialDropout2D", import_identity},
    Handler{Keras, "SpatialDropout3D", import_identity},
    Handler{Keras, "Subtract", import_subtract},
    Handler{Keras, "ThresholdedReLU", import_thresholded_relu},
    Handler{Keras, "BinaryDense", import_binary_dense},
    Handler{Keras, "TernaryDense", import_ternary_dense},
    Handler{QKeras, "QActivation", import_qkeras_activation},
    Handler{QKeras, "QBatchNormalization", import_qkeras_batch_normalization},
    Handler{QKeras, "QDense", import_qkeras_dense},
    Handler{QKeras, "QDenseBatchnorm", import_qkeras_dense_batchnorm},
    Handler{Hgq, "QAdd", import_hgq_add},
    Handler{Hgq, "QAffinedUnaryFunctionLUT", import_hgq_affine_function},
    Handler{Hgq, "QAveragePow2", import_hgq_average},
    Handler{Hgq, "QBatchNormDense", import_hgq_batchnorm_dense},
    Handler{Hgq, "QBatchNormalization", import_hgq_batch_normalization},
    Handler{Hgq, "QDense", import_hgq_dense},
    Handler{Hgq, "QDenseT", import_hgq_dense_table},
    Handler{Hgq, "QDot", import_hgq_dot},
    Handler{Hgq, "QEinsum", import_hgq_einsum},
    Handler{Hgq, "QEinsumDense", import_hgq_einsum_dense},
    Handler{Hgq, "QEinsumDenseBatchnorm", import_hgq_einsum_dense_batchnorm},
    Handler{Hgq, "QEinsumDenseT", import_hgq_einsum_dense_table},
    Handler{Hgq, "QGlobalAveragePooling1D", import_hgq_global_average},
    Handler{Hgq, "QGlobalAveragePooling2D", import_hgq_global_average},
    Handler{Hgq, "QGlobalAveragePooling3D", import_hgq_global_average},
    Handler{Hgq, "QGlobalMaxPooling1D", import_hgq_global_maximum},
    Handler{Hgq, "QGlobalMaxPooling2D", import_hgq_global_maximum},
    Handler{Hgq, "QGlobalMaxPooling3D", import_hgq_global_maximum},
    Handler{Hgq, "QLinformerAttention", import_hgq_linformer},
    Handler{Hgq, "QLinformerAttentionT", import_hgq_linformer_table},
    Handler{Hgq, "QMaximum", import_hgq_maximum},
    Handler{Hgq, "QMeanPow2", import_hgq_mean},
    Handler{Hgq, "QMinimum", import_hgq_minimum},
    Handler{Hgq, "QMultiHeadAttention", import_hgq_attention},
    Handler{Hgq, "QMultiHeadAttentionT", import_hgq_attention_table},
    Handler{Hgq, "QMultiply", import_hgq_multiply},
    Handler{Hgq, "QSoftmax", import_hgq_softmax},
    Handler{Hgq, "QSubtract", import_hgq_subtract},
    Handler{Hgq, "QSum", import_hgq_sum},
    Handler{Hgq, "QUnaryFunctionLUT", import_hgq_function},
    Handler{Hgq, "Quantizer", import_hgq_quantizer},
};

}  // namespace

const Handler* find_handler(const LayerConfig& layer) {
    const auto found =
        std::ranges::find_if(handlers, [&](const Handler& handler) { return handler.library == layer.library && handler.class_name == layer.class_name; });
    return found == handlers.end() ? nullptr : &*found;
}

std::string advice_for(const LayerConfig& layer) {
    if (auto nearest = nearest_to(layer)) {
        return *std::move(nearest);
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
