#include <fmt/format.h>

#include <limits>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_activation(LayerContext& context) { return emit_activation(context, context.option("activation"), context.input()); }

Result<NodeId> import_relu(LayerContext& context) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    LUTRA_TRY(const double highest, context.real("max_value", infinity));
    LUTRA_TRY(const double slope, context.real("negative_slope", 0.0));
    LUTRA_TRY(const double threshold, context.real("threshold", 0.0));
    if (threshold != 0) {
        return context.unsupported(fmt::format("its threshold is {}, which is not supported", threshold), "use threshold 0");
    }
    if (slope == 0) {
        return highest == infinity ? context.add("relu", {}, {context.input()}) : context.add("clip", {{"min", 0.0}, {"max", highest}}, {context.input()});
    }
    LUTRA_TRY(const NodeId leaky, context.add("leaky_relu", {{"alpha", slope}}, {context.input()}));
    return highest == infinity ? Result<NodeId>(leaky) : context.add_part("clip", "clip", {{"min", -infinity}, {"max", highest}}, {leaky});
}

Result<NodeId> import_leaky_relu(LayerContext& context) {
    // Keras 2 calls the slope alpha.
    LUTRA_TRY(const double alpha, context.real("alpha", static_cast<double>(0.3F)));
    LUTRA_TRY(const double slope, context.real("negative_slope", alpha));
    return context.add("leaky_relu", {{"alpha", static_cast<double>(static_cast<float>(slope))}}, {context.input()});
}

Result<NodeId> import_softmax(LayerContext& context) {
    const Json& option = context.option("axis");
    const Json& axis = option.array() != nullptr ? option[0] : option;
    if (option.size() > 1 || (!axis.is_null() && !axis.integer())) {
        return context.unsupported("it runs over several axes", "put a Reshape before it that joins them");
    }
    LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis.integer().value_or(-1), context.shape(context.input()).size()));
    return context.add("softmax", {{"axis", event_axis}}, {context.input()});
}

Result<NodeId> import_elu(LayerContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    return emit_elu(context, "", context.input(), alpha, 1);
}

/// relu(x) + alpha * (x - relu(x)), each slope a weight.
Result<NodeId> import_prelu(LayerContext& context) {
    context.ignore({"shared_axes"});
    LUTRA_TRY(const auto weights, context.weights({"alpha"}));
    LUTRA_TRY(const NodeId positive, context.add_part("positive", "relu", {}, {context.input()}));
    LUTRA_TRY(const NodeId negative, context.add_part("negative", "subtract", {}, {context.input(), positive}));
    LUTRA_TRY(const NodeId slopes, context.add_constant("alpha", weights[0]));
    LUTRA_TRY(const NodeId scaled, context.add_part("scaled", "multiply", {}, {negative, slopes}));
    return context.add("add", {}, {positive, scaled});
}

}  // namespace lutra::keras
