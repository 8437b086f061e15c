#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/batch_normalization_weights.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"

namespace lutra::keras {

Result<NodeId> import_hgq_quantizer(LayerContext& context) {
    LUTRA_TRY(const HgqQuantizer quantizer, read_hgq_quantizer(context, "config", "", HgqPlace::Activation));
    return add_hgq_quantizer(context, "", quantizer, context.input());
}

/// Scale and offset are quantised, in the single precision that HGQ computes them in. Without a centre HGQ2 adds 1, and so do we.
Result<NodeId> import_hgq_batch_normalization(LayerContext& context) {
    LUTRA_TRY(const BatchNormalizationLayer layer, read_batch_normalization(context));
    const NormalizationWeights& weights = layer.weights;
    RealTensor scale = weights.variance;
    RealTensor offset = weights.variance;
    for (std::size_t c = 0; c < scale.size(); ++c) {
        const float beta = layer.has_center ? static_cast<float>(weights.beta[c]) : 1.0F;
        const float factor = weights.gamma_at(c) / std::sqrt(static_cast<float>(weights.variance[c]) + static_cast<float>(layer.epsilon));
        scale.values[c] = static_cast<double>(factor);
        offset.values[c] = static_cast<double>(beta - static_cast<float>(weights.mean[c]) * factor);
    }
    if (!layer.has_center) {
        context.decide("without a centre HGQ2 adds 1 before the offset is quantised, and so does this");
    }
    LUTRA_TRY(const HgqQuantizer scale_quantizer, read_hgq_quantizer(context, "kq_conf", "kq", HgqPlace::Weight));
    LUTRA_TRY(const HgqQuantizer offset_quantizer, read_hgq_quantizer(context, "bq_conf", "bq", HgqPlace::Weight));
    LUTRA_TRY(scale, quantize_hgq_constant(context, scale_quantizer, scale));
    LUTRA_TRY(offset, quantize_hgq_constant(context, offset_quantizer, offset));
    LUTRA_TRY(const NodeId input, add_hgq_input_quantizer(context, context.input()));
    LUTRA_TRY(
        const NodeId node,
        context.add("batch_normalization",
                    {{"scale", std::move(scale)}, {"bias", std::move(offset)}, {"mean", 0.0}, {"variance", 1.0}, {"epsilon", 0.0}, {"axis", layer.event_axis}},
                    {input}));
    return add_hgq_output_quantizer(context, node);
}

}  // namespace lutra::keras
