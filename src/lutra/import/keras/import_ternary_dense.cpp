// BinaryDense and TernaryDense, layers of older Keras files whose weights are signs times H.

#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

/// "Glorot" stands for the bound of a uniform initialiser of that name.
Result<double> read_scale(LayerContext& context, const Shape& kernel) {
    const Json& option = context.option("H");
    if (option.string() != nullptr && *option.string() == "Glorot") {
        return static_cast<double>(static_cast<float>(std::sqrt(1.5 / static_cast<double>(kernel[0] + kernel[1]))));
    }
    const double scale = option.number().value_or(option.is_null() ? 1.0 : 0.0);
    return scale > 0 && std::isfinite(scale) ? Result<double>(scale) : context.unsupported("its H is no positive number", "use H = 1");
}

Result<NodeId> import_dense_of_signs(LayerContext& context, double (*sign)(double)) {
    LUTRA_TRY(const std::int64_t units, context.integer("units", 0));
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    context.ignore({"kernel_lr_multiplier", "bias_lr_multiplier"});
    LUTRA_TRY(auto weights, has_bias ? context.weights({"kernel", "bias"}) : context.weights({"kernel"}));
    const Shape& shape = context.shape(context.input());
    if (auto fits = context.check_shape(weights[0], "kernel", {shape.empty() ? 0 : shape.back(), units}); !fits) {
        return std::unexpected(fits.error());
    }
    LUTRA_TRY(const double scale, read_scale(context, weights[0].shape));
    for (double& weight : weights[0].values) {
        weight = scale * sign(weight / scale);
    }
    LUTRA_TRY(const NodeId sum,
              context.add("dense", {{"weights", std::move(weights[0])}, {"bias", has_bias ? std::move(weights[1]) : RealTensor(0.0)}}, {context.input()}));
    return emit_activation(context, context.option("activation"), sum);
}

}  // namespace

Result<NodeId> import_ternary_dense(LayerContext& context) {
    context.decide("weights above H / 2 are H, those from -H / 2 down are -H, others 0");
    return import_dense_of_signs(context, [](double w) { return w > 0.5 ? 1.0 : w <= -0.5 ? -1.0 : 0.0; });
}

Result<NodeId> import_binary_dense(LayerContext& context) {
    context.decide("weights above 0 are H, others -H");
    return import_dense_of_signs(context, [](double w) { return w > 0 ? 1.0 : -1.0; });
}

}  // namespace lutra::keras
