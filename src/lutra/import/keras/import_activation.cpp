#include <fmt/format.h>

#include <limits>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// y = x for x > threshold, else slope * (x - threshold), as Keras computes it: a `highest` clips the first part from below at 0 too.
Result<NodeId> emit_relu_with_threshold(LayerContext& context, double highest, double slope, double threshold) {
    LUTRA_TRY(NodeId positive, context.add("thresholded_relu", {{"threshold", threshold}}, {context.input()}));
    if (highest != infinity) {
        LUTRA_TRY(positive, context.add_part("clip", "clip", {{"min", 0.0}, {"max", highest}}, {positive}));
    }
    if (slope == 0) {
        return positive;
    }
    LUTRA_TRY(const NodeId distance, emit_scaled(context, "distance", context.input(), 1, -threshold));
    LUTRA_TRY(const NodeId below, context.add_part("below", "clip", {{"min", -infinity}, {"max", 0.0}}, {distance}));
    LUTRA_TRY(const NodeId negative, emit_scaled(context, "negative", below, slope));
    return context.add_part("sum", "add", {}, {positive, negative});
}

}  // namespace

Result<NodeId> import_activation(LayerContext& context) { return emit_activation(context, context.option("activation"), context.input()); }

Result<NodeId> import_relu(LayerContext& context) {
    LUTRA_TRY(const double highest, context.real("max_value", infinity));
    LUTRA_TRY(const double slope, context.real("negative_slope", 0.0));
    LUTRA_TRY(const double threshold, context.real("threshold", 0.0));
    if (threshold != 0) {
        return emit_relu_with_threshold(context, highest, slope, threshold);
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
    LUTRA_TRY(const auto axes, context.integers("axis"));
    return emit_softmax_over(context, "", context.input(), axes.value_or(std::vector<std::int64_t>{-1}));
}

Result<NodeId> import_elu(LayerContext& context) {
    LUTRA_TRY(const double alpha, context.real("alpha", 1.0));
    return emit_elu(context, "", context.input(), alpha, 1);
}

Result<NodeId> import_prelu(LayerContext& context) {
    context.ignore({"shared_axes"});
    LUTRA_TRY(const auto weights, context.weights({"alpha"}));
    LUTRA_TRY(const NodeId slopes, context.add_constant("alpha", weights[0]));
    return context.add("prelu", {}, {context.input(), slopes});
}

Result<NodeId> import_thresholded_relu(LayerContext& context) {
    LUTRA_TRY(const double threshold, context.real("theta", 1.0));
    return context.add("thresholded_relu", {{"threshold", static_cast<double>(static_cast<float>(threshold))}}, {context.input()});
}

}  // namespace lutra::keras
