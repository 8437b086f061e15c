#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_merge.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"

namespace lutra::keras {

namespace {

Result<NodeId> import_merge(LayerContext& context, std::string_view op) {
    LUTRA_TRY(const std::vector<NodeId> inputs, add_hgq_input_quantizers(context));
    LUTRA_TRY(const NodeId merged, emit_merge(context, op, inputs));
    return add_hgq_output_quantizer(context, merged);
}

/// The power of two that HGQ takes for 1 / count: the nearest by its logarithm, ties to even as Python rounds.
double power_of_two_for_mean(double count) { return std::exp2(std::nearbyint(std::log2(1 / count))); }

Result<NodeId> import_sum_over_axes(LayerContext& context, bool is_mean) {
    LUTRA_TRY(const auto option, context.integers("axes"));
    LUTRA_TRY(const double scale, is_mean ? Result<double>(1.0) : context.real("scale", 1.0));
    LUTRA_TRY(const bool keeps_axes, context.boolean("keepdims", false));
    context.ignore({"enable_ebops", "beta0", "ebops_factor"});
    const Shape& shape = context.shape(context.input());
    constexpr std::size_t most_axes = 20;
    if (shape.size() > most_axes) {
        return context.unsupported(fmt::format("its input has {} axes; at most {} are supported", shape.size(), most_axes));
    }
    std::vector<std::int64_t> axes;
    double count = 1;
    for (const std::int64_t axis : option.value_or(std::vector<std::int64_t>{-1})) {
        LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, shape.size()));
        axes.push_back(event_axis);
        count *= static_cast<double>(shape[static_cast<std::size_t>(event_axis)]);
    }
    LUTRA_TRY(const NodeId input, add_hgq_input_quantizer(context, context.input()));
    LUTRA_TRY(const NodeId sum, emit_sum(context, "", input, axes, is_mean ? power_of_two_for_mean(count) : scale, keeps_axes));
    return add_hgq_output_quantizer(context, sum);
}

}  // namespace

Result<NodeId> import_hgq_add(LayerContext& context) { return import_merge(context, "add"); }
Result<NodeId> import_hgq_subtract(LayerContext& context) { return import_merge(context, "subtract"); }
Result<NodeId> import_hgq_multiply(LayerContext& context) { return import_merge(context, "multiply"); }
Result<NodeId> import_hgq_maximum(LayerContext& context) { return import_merge(context, "maximum"); }
Result<NodeId> import_hgq_minimum(LayerContext& context) { return import_merge(context, "minimum"); }
Result<NodeId> import_hgq_sum(LayerContext& context) { return import_sum_over_axes(context, false); }
Result<NodeId> import_hgq_mean(LayerContext& context) { return import_sum_over_axes(context, true); }

Result<NodeId> import_hgq_dot(LayerContext& context) {
    LUTRA_TRY(const std::vector<NodeId> inputs, add_hgq_input_quantizers(context));
    LUTRA_TRY(const NodeId product, emit_dot(context, inputs));
    return add_hgq_output_quantizer(context, product);
}

Result<NodeId> import_hgq_einsum(LayerContext& context) {
    LUTRA_TRY(const std::string equation, context.string("equation", ""));
    LUTRA_TRY(const std::vector<NodeId> inputs, add_hgq_input_quantizers(context));
    LUTRA_TRY(const NodeId product, emit_input_einsum(context, equation, inputs));
    return add_hgq_output_quantizer(context, product);
}

Result<NodeId> import_hgq_average(LayerContext& context) {
    LUTRA_TRY(const std::vector<NodeId> inputs, add_hgq_input_quantizers(context));
    LUTRA_TRY(const NodeId sum, emit_merge(context, "add", inputs, "sum"));
    LUTRA_TRY(const NodeId factor, context.add_constant("factor", power_of_two_for_mean(static_cast<double>(inputs.size()))));
    LUTRA_TRY(const NodeId mean, context.add("multiply", {}, {sum, factor}));
    return add_hgq_output_quantizer(context, mean);
}

}  // namespace lutra::keras
