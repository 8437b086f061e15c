#include "lutra/import/keras/batch_normalization_weights.h"

namespace lutra::keras {

Result<NormalizationWeights> read_normalization_weights(const LayerContext& context, const NormalizationForm& form, std::string_view below) {
    std::vector<std::string_view> names;
    if (form.has_scale) {
        names.emplace_back("gamma");
    }
    if (form.has_center) {
        names.emplace_back("beta");
    }
    names.insert(names.end(), {"moving_mean", "moving_variance"});
    const std::size_t num_weights = names.size();
    if (form.counts_bits) {
        names.insert(names.end(), {"bits_beta", "ebops"});
    }
    LUTRA_TRY(auto weights, context.weights(names, below));
    for (std::size_t i = 0; i < num_weights; ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], form.channels); !fits) {
            return std::unexpected(fits.error());
        }
    }
    NormalizationWeights result{.mean = std::move(weights[num_weights - 2]), .variance = std::move(weights[num_weights - 1])};
    if (form.has_scale) {
        result.gamma = std::move(weights[0]);
    }
    if (form.has_center) {
        result.beta = std::move(weights[form.has_scale ? 1 : 0]);
    }
    return result;
}

Result<BatchNormalizationLayer> read_batch_normalization(LayerContext& context) {
    const Json& option = context.option("axis");
    const Json& axis = option.array() != nullptr ? option[0] : option;
    if (option.size() > 1 || (!axis.is_null() && !axis.integer())) {
        return context.unsupported("it normalises over several axes", "normalise over one axis");
    }
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    NormalizationForm form;
    LUTRA_TRY(form.has_center, context.boolean("center", true));
    LUTRA_TRY(form.has_scale, context.boolean("scale", true));
    LUTRA_TRY(const bool is_renormalized, context.boolean("renorm", false));
    context.ignore({"momentum", "synchronized", "renorm_clipping", "renorm_momentum", "fused", "virtual_batch_size", "adjustment"});
    if (is_renormalized) {
        return context.unsupported("it is trained with renorm, which is not supported", "train without it");
    }
    if (context.layer().library == Library::Hgq) {
        LUTRA_TRY(form.counts_bits, context.boolean("enable_ebops", true));
        context.ignore({"beta0", "ebops_factor", "parallelization_factor"});
    }
    const Shape& shape = context.shape(context.input());
    LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis.integer().value_or(-1), shape.size()));
    form.channels = {shape[static_cast<std::size_t>(event_axis)]};
    LUTRA_TRY(NormalizationWeights weights, read_normalization_weights(context, form));
    return BatchNormalizationLayer{std::move(weights), event_axis, static_cast<double>(static_cast<float>(epsilon)), form.has_center};
}

}  // namespace lutra::keras
