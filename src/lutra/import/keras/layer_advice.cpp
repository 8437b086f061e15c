#include "lutra/import/keras/layer_advice.h"

#include <algorithm>
#include <array>

namespace lutra::keras {

namespace {

/// What to do about classes whose names contain a part; the first that fits decides. A '*' stands for the "Q" of QKeras' and HGQ's names.
struct Advice {
    std::string_view part;
    std::string_view text;
};

constexpr std::string_view recurrent = "recurrent layers are not supported yet; nearest is *Dense behind a Flatten of all steps";
constexpr std::string_view spiking = "spiking layers are not supported; nearest is *Dense with the activation relu";
constexpr std::string_view attention = "nearest is *MultiHeadAttention";
constexpr std::string_view image = "layers of images are not supported yet; nearest is *Dense behind a Flatten of the image";
constexpr std::string_view augmentation = "it changes images or sounds before training: leave it out, and do it before the model";
constexpr std::string_view encoding =
    "it makes numbers of words, categories or bins: do it before the model and give the numbers, or their indices to an Embedding";
constexpr std::string_view foreign = "it holds the code of another framework: export that one's model, as ONNX for example";
constexpr std::string_view wrapper = "save the layer inside of it without the wrapper";

constexpr std::array advices = {
    Advice{"ConvLSTM", recurrent},
    Advice{"ConvT", "convolutions are not supported yet; nearest is *DenseT behind a Flatten of the whole input"},
    Advice{"Conv",
           "convolutions are not supported yet; nearest is *Dense, which on the last axis is a convolution of one pixel, and behind a Flatten one of the whole "
           "image"},
    Advice{"LocallyConnected", "convolutions are not supported yet; nearest is EinsumDense, whose equation can give each position weights of its own"},
    Advice{"Adaptive", "pooling of windows is not supported yet; nearest is GlobalAveragePooling or GlobalMaxPooling over all positions"},
    Advice{"Pool",
           "pooling of windows is not supported yet; nearest is *GlobalAveragePooling or *GlobalMaxPooling over all positions, or *Add and *Maximum of several "
           "inputs"},
    Advice{"LSTM", recurrent},
    Advice{"GRU", recurrent},
    Advice{"RNN", recurrent},
    Advice{"Bidirectional", recurrent},
    Advice{"SNN", spiking},
    Advice{"LIF", spiking},
    Advice{"SALT", "nearest is QLinformerAttention, which has no convolution of the scores"},
    Advice{"Attention", attention},
    Advice{"PruneLowMagnitude", "take the wrapper off before saving: tfmot.sparsity.keras.strip_pruning(model)"},
    Advice{"QuantizeWrapper", "quantise with QKeras or HGQ instead, or export as QDQ ONNX"},
    Advice{"QuantizeLayer", "quantise with QKeras or HGQ instead, or export as QDQ ONNX"},
    Advice{"TimeDistributed", "nearest is the layer inside without the wrapper: Dense works on the last axis of any input"},
    Advice{"SlicingOpLambda", "slice with a layer of its own, or give the model several inputs"},
    Advice{"TFOpLambda", "use a layer that says what it does, such as Activation, Add or Multiply"},
    Advice{"Lambda", "a Lambda holds Python code: use a layer that says what it does, such as Activation or Multiply"},
    Advice{"TFSMLayer", foreign},
    Advice{"JaxLayer", foreign},
    Advice{"FlaxLayer", foreign},
    Advice{"TorchModuleWrapper", foreign},
    Advice{"SpectralNormalization", wrapper},
    Advice{"Wrapper", wrapper},
    Advice{"Spectrogram", augmentation},
    Advice{"Random", augmentation},
    Advice{"RandAugment", augmentation},
    Advice{"AugMix", augmentation},
    Advice{"CutMix", augmentation},
    Advice{"MixUp", augmentation},
    Advice{"AutoContrast", augmentation},
    Advice{"Equalization", augmentation},
    Advice{"Solarization", augmentation},
    Advice{"CenterCrop", augmentation},
    Advice{"Resizing", augmentation},
    Advice{"BoundingBoxes", augmentation},
    Advice{"Pipeline", augmentation},
    Advice{"Encoding", encoding},
    Advice{"Discretization", encoding},
    Advice{"Hash", encoding},
    Advice{"Lookup", encoding},
    Advice{"TextVectorization", encoding},
    Advice{"DenseFeatures", encoding},
    Advice{"Masking", "masks that depend on data are not supported: multiply with an input that is the mask"},
    Advice{"ReversibleEmbedding", "nearest are Embedding for the way in and Dense for the way back"},
    Advice{"Normalization", "use *BatchNormalization, whose statistics are constants, or LayerNormalization"},
    Advice{"UpSampling", image},
    Advice{"ZeroPadding", image},
    Advice{"Cropping", image},
    Advice{"QAdaptiveActivation", "use QActivation with the quantiser that it has learnt"},
    Advice{"QScaleShift", "nearest is QBatchNormalization, which scales and shifts too"},
    Advice{"Octave", image},
};

}  // namespace

std::optional<std::string> nearest_to(const LayerConfig& layer) {
    const auto found = std::ranges::find_if(advices, [&](const Advice& advice) { return layer.class_name.find(advice.part) != std::string::npos; });
    if (found == advices.end()) {
        return std::nullopt;
    }
    std::string text;
    for (const char c : found->text) {
        text += c != '*' ? std::string(1, c) : layer.library == Library::Keras ? "" : "Q";
    }
    return text;
}

}  // namespace lutra::keras
