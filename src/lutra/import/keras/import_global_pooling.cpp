#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "lutra/import/keras/emit_merge.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_quantizer.h"

namespace lutra::keras {

namespace {

enum class Pooling { Average, Maximum };

/// All axes but that of the channels, the last first.
Result<std::vector<std::int64_t>> positions(LayerContext& context) {
    LUTRA_TRY(const std::string format, context.string("data_format", "channels_last"));
    const auto rank = static_cast<std::int64_t>(context.shape(context.input()).size());
    if (rank < 2 || (format != "channels_last" && format != "channels_first")) {
        return context.unsupported(fmt::format("its input has {} axes, its format is '{}'", rank, format), "give it an input with positions and channels");
    }
    std::vector<std::int64_t> axes(static_cast<std::size_t>(rank) - 1);
    std::iota(axes.rbegin(), axes.rend(), format == "channels_first" ? 1 : 0);
    return axes;
}

Result<NodeId> pool(LayerContext& context, Pooling pooling, NodeId input) {
    LUTRA_TRY(const auto axes, positions(context));
    LUTRA_TRY(const bool keeps_axes, context.boolean("keepdims", false));
    const Shape shape = context.shape(input);
    Shape kept = shape;
    std::int64_t count = 1;
    for (const std::int64_t axis : axes) {
        count *= shape[static_cast<std::size_t>(axis)];
        kept[static_cast<std::size_t>(axis)] = 1;
    }
    if (pooling == Pooling::Average) {
        if (std::popcount(static_cast<std::uint64_t>(count)) != 1) {
            context.decide(fmt::format("division by the {} positions became multiplication by the reciprocal, rounded to 53 bits", count));
        }
        return emit_sum(context, "", input, axes, 1 / static_cast<double>(count), keeps_axes);
    }
    NodeId node = input;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        LUTRA_TRY(node, context.add_part(i + 1 == axes.size() ? "" : fmt::format("axis{}", i), "reduce_max", {{"axis", axes[i]}}, {node}));
    }
    return keeps_axes ? context.reshape("kept", node, kept) : Result<NodeId>(node);
}

Result<NodeId> pool_between_quantizers(LayerContext& context, Pooling pooling) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor"});
    LUTRA_TRY(const NodeId input, add_hgq_input_quantizer(context, context.input()));
    LUTRA_TRY(const NodeId pooled, pool(context, pooling, input));
    return add_hgq_output_quantizer(context, pooled);
}

}  // namespace

Result<NodeId> import_global_average(LayerContext& context) { return pool(context, Pooling::Average, context.input()); }
Result<NodeId> import_global_maximum(LayerContext& context) { return pool(context, Pooling::Maximum, context.input()); }
Result<NodeId> import_hgq_global_average(LayerContext& context) { return pool_between_quantizers(context, Pooling::Average); }
Result<NodeId> import_hgq_global_maximum(LayerContext& context) { return pool_between_quantizers(context, Pooling::Maximum); }

}  // namespace lutra::keras
