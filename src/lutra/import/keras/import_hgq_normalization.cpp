#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"

namespace lutra::keras {

Result<NodeId> import_hgq_quantizer(LayerContext& context) {
    LUTRA_TRY(const HgqQuantizer quantizer, read_hgq_quantizer(context, "config", "", HgqPlace::Activation));
    return add_hgq_quantizer(context, "", quantizer, context.input());
}

/// Scale and offset are quantised, in the single precision that HGQ computes them in. Without a centre HGQ2 adds 1, and so do we.
Result<NodeId> import_hgq_batch_normalization(LayerContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", -1));
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    LUTRA_TRY(const bool has_center, context.boolean("center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("scale", true));
    context.ignore({"momentum", "synchronized", "renorm_clipping", "renorm_momentum", "fused"});
    LUTRA_TRY(const bool is_renormalized, context.boolean("renorm", false));
    if (is_renormalized) {
        return context.unsupported("it is trained with renorm, which is not supported", "train without it");
    }
    LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, context.shape(context.input()).size()));
    std::vector<std::string_view> names;
    if (has_scale) {
        names.emplace_back("gamma");
    }
    if (has_center) {
        names.emplace_back("beta");
    }
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    LUTRA_TRY(const auto weights, read_hgq_weights(context, names, names.size()));
    RealTensor scale = weights.back();
    RealTensor offset = weights.back();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], {context.shape(context.input())[static_cast<std::size_t>(event_axis)]}); !fits) {
            return std::unexpected(fits.error());
        }
    }
    for (std::size_t c = 0; c < scale.size(); ++c) {
        const float gamma = has_scale ? static_cast<float>(weights[0][c]) : 1.0F;
        const float beta = has_center ? static_cast<float>(weights[has_scale ? 1 : 0][c]) : 1.0F;
        const float factor = gamma / std::sqrt(static_cast<float>(weights.back()[c]) + static_cast<float>(epsilon));
        scale.values[c] = static_cast<double>(factor);
        offset.values[c] = static_cast<double>(beta - static_cast<float>(weights[weights.size() - 2][c]) * factor);
    }
    if (!has_center) {
        context.decide("without a centre HGQ2 adds 1 before the offset is quantised, and so does this");
    }
    LUTRA_TRY(const HgqQuantizer scale_quantizer, read_hgq_quantizer(context, "kq_conf", "kq", HgqPlace::Weight));
    LUTRA_TRY(const HgqQuantizer offset_quantizer, read_hgq_quantizer(context, "bq_conf", "bq", HgqPlace::Weight));
    LUTRA_TRY(scale, quantize_hgq_constant(context, scale_quantizer, scale));
    LUTRA_TRY(offset, quantize_hgq_constant(context, offset_quantizer, offset));
    LUTRA_TRY(const NodeId input, add_hgq_input_quantizer(context, context.input()));
    LUTRA_TRY(const NodeId node, context.add("batch_normalization",
                                             {{"scale", std::move(scale)}, {"bias", std::move(offset)}, {"mean", 0.0}, {"variance", 1.0}, {"epsilon", 0.0}, {"axis", event_axis}},
                                             {input}));
    return add_hgq_output_quantizer(context, node);
}

}  // namespace lutra::keras
