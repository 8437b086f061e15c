#include <fmt/format.h>

#include <algorithm>

#include "lutra/import/keras/emit_merge.h"
#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_add(LayerContext& context) { return emit_merge(context, "add", context.inputs()); }
Result<NodeId> import_multiply(LayerContext& context) { return emit_merge(context, "multiply", context.inputs()); }

Result<NodeId> import_maximum(LayerContext& context) { return emit_merge(context, "maximum", context.inputs()); }
Result<NodeId> import_minimum(LayerContext& context) { return emit_merge(context, "minimum", context.inputs()); }

Result<NodeId> import_subtract(LayerContext& context) {
    if (context.num_inputs() != 2) {
        return context.invalid(fmt::format("it has {} inputs, not 2", context.num_inputs()));
    }
    return emit_merge(context, "subtract", context.inputs());
}

Result<NodeId> import_average(LayerContext& context) {
    LUTRA_TRY(const NodeId sum, emit_merge(context, "add", context.inputs(), "sum"));
    const auto count = static_cast<double>(context.num_inputs());
    if (std::popcount(context.num_inputs()) != 1) {
        context.decide("division by the number of inputs became multiplication by its reciprocal, rounded to 53 bits");
    }
    LUTRA_TRY(const NodeId factor, context.add_constant("factor", 1 / count));
    return context.add("multiply", {}, {sum, factor});
}

Result<NodeId> import_dot(LayerContext& context) { return emit_dot(context, context.inputs()); }

Result<NodeId> import_concatenate(LayerContext& context) {
    LUTRA_TRY(const std::int64_t axis, context.integer("axis", -1));
    LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, context.shape(context.input()).size()));
    return context.add("concat", {{"axis", event_axis}}, {context.inputs().begin(), context.inputs().end()});
}

}  // namespace lutra::keras
