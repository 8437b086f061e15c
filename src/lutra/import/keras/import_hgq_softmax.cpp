#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lutra/import/keras/emit_hgq_softmax.h"
#include "lutra/import/keras/emit_merge.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_table.h"

namespace lutra::keras {

namespace {

constexpr double single_epsilon = 1.0 / (1 << 23);

/// One of the tables inside of QSoftmax: quantiser, function, quantiser.
Result<NodeId> emit_table(LayerContext& context, std::string_view name, const HgqQuantizer& input, double (*function)(double, double), double parameter,
                          NodeId x) {
    LUTRA_TRY(const HgqQuantizer output, read_hgq_quantizer(context, fmt::format("{}_oq_conf", name), fmt::format("{}_table/oq", name), HgqPlace::Table));
    return add_hgq_function(
        context, name, input, output,
        [=](double value) {
            const double y = function(value, parameter);
            return Estimate{y, std::abs(y) * 4 * single_epsilon};
        },
        x);
}

Result<HgqQuantizer> read_table_input(LayerContext& context, std::string_view name) {
    return read_hgq_quantizer(context, fmt::format("{}_iq_conf", name), fmt::format("{}_table/iq", name), HgqPlace::Table);
}

double scaled_exponential(double x, double factor) { return std::exp(x * factor); }
double inverse(double x, double offset) { return 1 / (x + offset); }

/// x that the mask leaves out becomes -10^9, as in HGQ.
Result<NodeId> hide_masked(LayerContext& context, const RealTensor& mask, NodeId x) {
    constexpr double hidden = 1e9;
    RealTensor offsets = mask;
    std::ranges::transform(mask.values, offsets.values.begin(), [](double shown) { return (shown - 1) * hidden; });
    LUTRA_TRY(const NodeId factors, context.add_constant("mask", mask));
    LUTRA_TRY(const NodeId distances, context.add_constant("mask_offset", std::move(offsets)));
    LUTRA_TRY(const NodeId kept, context.add_part("kept", "multiply", {}, {x, factors}));
    return context.add_part("masked", "add", {}, {kept, distances});
}

/// max - x through the input quantiser of the exponential.
Result<NodeId> emit_distance(LayerContext& context, const std::vector<std::int64_t>& axes, const HgqQuantizer& quantizer, NodeId x) {
    Shape kept = context.shape(x);
    NodeId largest = x;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        kept[static_cast<std::size_t>(axes[i])] = 1;
        // The axes in front are still there, those behind are gone.
        LUTRA_TRY(largest, context.add_part(fmt::format("largest{}", i == 0 ? "" : fmt::format("{}", i)), "reduce_max", {{"axis", axes[i]}}, {largest}));
    }
    LUTRA_TRY(largest, context.reshape("largest_kept", largest, kept));
    LUTRA_TRY(const NodeId distance, context.add_part("distance", "subtract", {}, {largest, x}));
    return add_hgq_quantizer(context, "exp_iq", quantizer, distance);
}

/// The axes of an event, the last first.
Result<std::vector<std::int64_t>> read_axes(LayerContext& context) {
    LUTRA_TRY(const auto axes, context.integers("axes"));
    LUTRA_TRY(const auto one_axis, context.integers("axis"));
    std::vector<std::int64_t> result;
    for (const std::int64_t axis : axes.value_or(one_axis.value_or(std::vector<std::int64_t>{-1}))) {
        LUTRA_TRY(const std::int64_t event_axis, context.event_axis(axis, context.shape(context.input()).size()));
        result.push_back(event_axis);
    }
    std::ranges::sort(result, std::greater<>());
    const auto repeated = std::ranges::unique(result);
    result.erase(repeated.begin(), repeated.end());
    return result;
}

}  // namespace

Result<NodeId> import_hgq_softmax(LayerContext& context) { return emit_hgq_softmax(context, nullptr); }

Result<NodeId> emit_hgq_softmax(LayerContext& context, const RealTensor* mask) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor", "allow_heterogeneous_table", "iq_conf", "exp_iq_conf"});
    LUTRA_TRY(const auto axes, read_axes(context));
    LUTRA_TRY(const bool is_stable, context.boolean("stable", true));
    LUTRA_TRY(const double input_scaler, context.real("input_scaler", 1.0));
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", false));
    if (!is_stable && !has_input_quantizer) {
        return context.unsupported("it is not stable and has no quantiser of its input", "use stable=True, or enable_iq=True");
    }
    NodeId x = context.input();
    std::optional<HgqQuantizer> exponential_input;
    if (has_input_quantizer) {
        LUTRA_TRY(exponential_input, read_hgq_quantizer(context, "iq_conf", "iq", is_stable ? HgqPlace::Activation : HgqPlace::Table));
        LUTRA_TRY(x, add_hgq_quantizer(context, "iq", *exponential_input, x));
    }
    if (is_stable) {
        if (mask != nullptr) {
            LUTRA_TRY(x, hide_masked(context, *mask, x));
        }
        LUTRA_TRY(exponential_input, read_table_input(context, "exp"));
        LUTRA_TRY(x, emit_distance(context, axes, *exponential_input, x));
    }
    LUTRA_TRY(NodeId powers, emit_table(context, "exp", *exponential_input, scaled_exponential, is_stable ? -input_scaler : input_scaler, x));
    if (mask != nullptr) {
        LUTRA_TRY(const NodeId factors, context.add_constant("power_mask", *mask));
        LUTRA_TRY(powers, context.add_part("shown", "multiply", {}, {powers, factors}));
    }
    LUTRA_TRY(NodeId sum, emit_sum(context, "sum", powers, axes, 1, true));
    LUTRA_TRY(const HgqQuantizer inverse_input, read_table_input(context, "inv"));
    LUTRA_TRY(sum, add_hgq_quantizer(context, "inv_iq", inverse_input, sum));
    constexpr double keras_epsilon = 1e-7;
    LUTRA_TRY(const NodeId divisor, emit_table(context, "inv", inverse_input, inverse, keras_epsilon, sum));
    LUTRA_TRY(const NodeId product, context.add("multiply", {}, {powers, divisor}));
    return add_hgq_output_quantizer(context, product);
}

}  // namespace lutra::keras
