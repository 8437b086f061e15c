#include "lutra/import/keras/batch_normalization_weights.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_batch_normalization(LayerContext& context) {
    LUTRA_TRY(BatchNormalizationLayer layer, read_batch_normalization(context));
    context.decide("the factor gamma / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact");
    return context.add("batch_normalization",
                       {{"scale", std::move(layer.weights.gamma)},
                        {"bias", std::move(layer.weights.beta)},
                        {"mean", std::move(layer.weights.mean)},
                        {"variance", std::move(layer.weights.variance)},
                        {"epsilon", layer.epsilon},
                        {"axis", layer.event_axis}},
                       {context.input()});
}

}  // namespace lutra::keras
