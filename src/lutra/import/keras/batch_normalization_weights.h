#pragma once

/// Options and weights of batch normalisation, which Keras, QKeras and HGQ write alike.

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// Which weights there are; all have the same shape.
struct NormalizationForm {
    bool has_scale = true;
    bool has_center = true;
    bool counts_bits = false;  ///< HGQ: two counters of training stand behind them
    Shape channels{};          ///< of each weight
};

struct NormalizationWeights {
    RealTensor gamma = 1.0;  ///< a scalar 1 where the layer has none
    RealTensor beta = 0.0;   ///< a scalar 0 where the layer has none
    RealTensor mean{};
    RealTensor variance{};

    float gamma_at(std::size_t channel) const { return static_cast<float>(gamma.shape.empty() ? 1.0 : gamma[channel]); }
};

/// Reads the weights, which stand at a path inside of the layer, and checks their shapes.
Result<NormalizationWeights> read_normalization_weights(const LayerContext& context, const NormalizationForm& form, std::string_view below = "");

/// A layer that normalises one axis.
struct BatchNormalizationLayer {
    NormalizationWeights weights;
    std::int64_t event_axis = 0;
    double epsilon = 0;  ///< in single precision, in which the frameworks add it
    bool has_center = true;
};

/// Reads such a layer; HGQ's count bits unless they say that they do not.
Result<BatchNormalizationLayer> read_batch_normalization(LayerContext& context);

}  // namespace lutra::keras
