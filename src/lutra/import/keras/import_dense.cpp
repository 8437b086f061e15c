#include <fmt/format.h>

#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_dense(LayerContext& context) {
    LUTRA_TRY(const std::int64_t units, context.integer("units", 0));
    LUTRA_TRY(const bool has_bias, context.boolean("use_bias", true));
    const Shape& shape = context.shape(context.input());
    if (shape.empty()) {
        return context.invalid("its input is a scalar");
    }
    LUTRA_TRY(auto weights, has_bias ? context.weights({"kernel", "bias"}) : context.weights({"kernel"}));
    if (auto fits = context.check_shape(weights[0], "kernel", {shape.back(), units}); !fits) {
        return std::unexpected(fits.error());
    }
    if (auto fits = has_bias ? context.check_shape(weights[1], "bias", {units}) : Result<void>(); !fits) {
        return std::unexpected(fits.error());
    }
    LUTRA_TRY(const NodeId sum,
              context.add("dense", {{"weights", std::move(weights[0])}, {"bias", has_bias ? std::move(weights[1]) : RealTensor(0.0)}}, {context.input()}));
    return emit_activation(context, context.option("activation"), sum);
}

Result<NodeId> import_einsum_dense(LayerContext& context) {
    context.ignore({"output_shape"});
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    LUTRA_TRY(const Einsum einsum, read_einsum(context, equation, context.shape(context.input()).size()));
    const bool has_bias = context.has("bias_axes");
    context.ignore({"bias_axes"});
    LUTRA_TRY(auto weights, has_bias ? context.weights({"kernel", "bias"}) : context.weights({"kernel"}));
    LUTRA_TRY(const NodeId sum, emit_einsum(context, einsum, context.input(), weights[0], has_bias ? weights[1] : RealTensor(0.0)));
    return emit_activation(context, context.option("activation"), sum);
}

}  // namespace lutra::keras
