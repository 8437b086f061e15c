#include <algorithm>
#include <array>

#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

/// The first axis of one event that is normalised. The ops normalise over all axes from one on.
Result<std::int64_t> first_normalized_axis(LayerContext& context) {
    const std::size_t rank = context.shape(context.input()).size();
    LUTRA_TRY(const auto option, context.integers("axis"));
    std::vector<std::int64_t> axes;
    for (const std::int64_t axis : option.value_or(std::vector<std::int64_t>{-1})) {
        LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, rank));
        axes.push_back(event_axis);
    }
    std::ranges::sort(axes);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i] != static_cast<std::int64_t>(rank - axes.size() + i)) {
            return context.unsupported("it normalises over other axes than the last ones", "put a Permute before it and one behind it");
        }
    }
    return axes.empty() ? Result<std::int64_t>(context.invalid("it has no axis")) : axes[0];
}

/// Normalises with those of `parameters`, pairs of a weight's name in the file and an attribute of the op, that the layer has.
Result<NodeId> emit_line_normalization(LayerContext& context, std::string_view op, double epsilon,
                                       std::span<const std::pair<std::string_view, std::string_view>> parameters) {
    LUTRA_TRY(const std::int64_t axis, first_normalized_axis(context));
    const Shape& shape = context.shape(context.input());
    const Shape normalized(shape.begin() + axis, shape.end());
    std::vector<std::string_view> names;
    for (const auto& [name, attribute] : parameters) {
        names.push_back(name);
    }
    LUTRA_TRY(auto weights, context.weights(names));
    AttributeMap attributes = {{"epsilon", static_cast<double>(static_cast<float>(epsilon))}, {"axis", axis}};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (auto fits = context.check_shape(weights[i], names[i], normalized); !fits) {
            return std::unexpected(fits.error());
        }
        attributes.emplace(parameters[i].second, std::move(weights[i]));
    }
    return context.add(op, attributes, {context.input()});
}

}  // namespace

Result<NodeId> import_layer_normalization(LayerContext& context) {
    LUTRA_TRY(const double epsilon, context.real("epsilon", 0.001));
    LUTRA_TRY(const bool has_center, context.boolean("center", true));
    LUTRA_TRY(const bool has_scale, context.boolean("scale", true));
    LUTRA_TRY(const bool is_rms, context.boolean("rms_scaling", false));
    if (is_rms) {
        return context.unsupported("it has rms_scaling, which is not supported", "use RMSNormalization");
    }
    std::vector<std::pair<std::string_view, std::string_view>> parameters;
    if (has_scale) {
        parameters.emplace_back("gamma", "scale");
    }
    if (has_center) {
        parameters.emplace_back("beta", "bias");
    }
    return emit_line_normalization(context, "layer_normalization", epsilon, parameters);
}

Result<NodeId> import_rms_normalization(LayerContext& context) {
    LUTRA_TRY(const double epsilon, context.real("epsilon", 1e-6));
    constexpr std::array parameters = {std::pair<std::string_view, std::string_view>{"scale", "scale"}};
    return emit_line_normalization(context, "rms_normalization", epsilon, parameters);
}

}  // namespace lutra::keras
