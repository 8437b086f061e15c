#include <fmt/format.h>

#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_batch_normalization(LayerContext& context) {
    const Json& option = context.option("axis");
    const Json& axis = option.array() != nullptr ? option[0] : option;
    if (option.size() > 1 || (!axis.is_null() && !axis.integer())) {
        return context.unsupported("it normalises over several axes", "normalise over one axis");
    }
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    LUTRA_TRY(const bool has_center, context.boolean("center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("scale", true));
    context.ignore({"momentum", "synchronized", "renorm_clipping", "renorm_momentum", "fused"});
    LUTRA_TRY(const bool is_renormalized, context.boolean("renorm", false));
    if (is_renormalized) {
        return context.unsupported("it is trained with renorm, which is not supported", "train without it");
    }
    const Shape& shape = context.shape(context.input());
    LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis.integer().value_or(-1), shape.size()));
    std::vector<std::string_view> names;
    if (has_scale) {
        names.emplace_back("gamma");
    }
    if (has_center) {
        names.emplace_back("beta");
    }
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    LUTRA_TRY(auto weights, context.weights(names));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], {shape[static_cast<std::size_t>(event_axis)]}); !fits) {
            return std::unexpected(fits.error());
        }
    }
    context.decide("the factor gamma / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact");
    RealTensor bias = has_center ? std::move(weights[has_scale ? 1 : 0]) : RealTensor(0.0);
    RealTensor variance = std::move(weights.back());
    RealTensor mean = std::move(weights[weights.size() - 2]);
    RealTensor scale = has_scale ? std::move(weights[0]) : RealTensor(1.0);
    return context.add("batch_normalization",
                       {{"scale", std::move(scale)}, {"bias", std::move(bias)}, {"mean", std::move(mean)}, {"variance", std::move(variance)},
                        {"epsilon", static_cast<double>(static_cast<float>(epsilon))}, {"axis", event_axis}},
                       {context.input()});
}

}  // namespace lutra::keras
