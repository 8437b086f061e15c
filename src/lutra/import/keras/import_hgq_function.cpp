#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/emit_merge.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"
#include "lutra/import/keras/hgq_table.h"

namespace lutra::keras {

namespace {

constexpr double single_epsilon = 1.0 / (1 << 23);

/// Options that only counting bits needs.
void ignore_counting(LayerContext& context) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor", "allow_heterogeneous_table", "allow_heterogeneous_input"});
}

/// A table of one function between the layer's quantisers of input and output.
Result<NodeId> import_function(LayerContext& context, double factor, double offset) {
    ignore_counting(context);
    const auto name = activation_name(context.option("activation"));
    double (*const function)(double) = name ? find_real_function(*name) : nullptr;
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", true));
    LUTRA_TRY(const bool has_output_quantizer, context.boolean("enable_oq", true));
    if (function == nullptr || !has_input_quantizer || !has_output_quantizer) {
        return context.unsupported(fmt::format("its function '{}' is not known, or has no quantiser in front or behind", name.value_or("of an unknown kind")),
                                   "use a function of one number, such as tanh, with both quantisers");
    }
    LUTRA_TRY(const HgqQuantizer input, read_hgq_quantizer(context, "iq_conf", "iq", HgqPlace::Activation));
    LUTRA_TRY(const HgqQuantizer output, read_hgq_quantizer(context, "oq_conf", "oq", HgqPlace::Activation));
    LUTRA_TRY(const NodeId x, add_hgq_quantizer(context, "iq", input, context.input()));
    return add_hgq_function(context, "", input, output, [&](double value) {
        const double argument = value * factor + offset;
        const double y = function(argument);
        const bool is_exact = factor == 1 && offset == 0;
        // How far single precision moves the argument, through a slope of about one, and the result.
        return Estimate{y, (std::abs(y) * 2 + (is_exact ? 0.0 : std::abs(argument) + std::abs(offset))) * single_epsilon};
    }, x);
}

/// One of the tables inside of QSoftmax: quantiser, function, quantiser.
Result<NodeId> emit_table(LayerContext& context, std::string_view name, const HgqQuantizer& input, double (*function)(double, double), double parameter, NodeId x) {
    LUTRA_TRY(const HgqQuantizer output, read_hgq_quantizer(context, fmt::format("{}_oq_conf", name), fmt::format("{}_table/oq", name), HgqPlace::Activation));
    return add_hgq_function(context, name, input, output, [=](double value) {
        const double y = function(value, parameter);
        return Estimate{y, std::abs(y) * 4 * single_epsilon};
    }, x);
}

Result<HgqQuantizer> read_table_input(LayerContext& context, std::string_view name) {
    return read_hgq_quantizer(context, fmt::format("{}_iq_conf", name), fmt::format("{}_table/iq", name), HgqPlace::Activation);
}

double scaled_exponential(double x, double factor) { return std::exp(x * factor); }
double inverse(double x, double offset) { return 1 / (x + offset); }

}  // namespace

Result<NodeId> import_hgq_function(LayerContext& context) { return import_function(context, 1, 0); }

Result<NodeId> import_hgq_affine_function(LayerContext& context) {
    std::vector<std::string_view> names = {"scale", "bias"};
    LUTRA_TRY(const auto weights, read_hgq_weights(context, names, names.size()));
    if (weights[0].size() != 1 || weights[1].size() != 1) {
        return context.bad_weights("its scale or bias is no single number");
    }
    return import_function(context, weights[0][0], weights[1][0]);
}

/// exp(-(max - x)) and 1 / sum as tables between quantisers; all else is exact.
Result<NodeId> import_hgq_softmax(LayerContext& context) {
    ignore_counting(context);
    LUTRA_TRY(const auto axes, context.integers("axes"));
    LUTRA_TRY(const auto one_axis, context.integers("axis"));
    const std::vector<std::int64_t> named = axes.value_or(one_axis.value_or(std::vector<std::int64_t>{-1}));
    LUTRA_TRY(const bool is_stable, context.boolean("stable", true));
    LUTRA_TRY(const double input_scaler, context.real("input_scaler", 1.0));
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", false));
    context.ignore({"iq_conf", "exp_iq_conf"});
    if (named.size() != 1 || (!is_stable && !has_input_quantizer)) {
        return context.unsupported("it runs over several axes, or is not stable and has no quantiser of its input", "use one axis and stable=True");
    }
    const Shape shape = context.shape(context.input());
    LUTRA_TRY(const std::int64_t axis, context.event_axis(named[0], shape.size()));
    NodeId x = context.input();
    std::optional<HgqQuantizer> exponential_input;
    if (has_input_quantizer) {
        LUTRA_TRY(exponential_input, read_hgq_quantizer(context, "iq_conf", "iq", HgqPlace::Activation));
        LUTRA_TRY(x, add_hgq_quantizer(context, "iq", *exponential_input, x));
    }
    Shape kept = shape;
    kept[static_cast<std::size_t>(axis)] = 1;
    if (is_stable) {
        LUTRA_TRY(NodeId largest, context.add_part("largest", "reduce_max", {{"axis", axis}}, {x}));
        LUTRA_TRY(largest, context.reshape("largest_kept", largest, kept));
        LUTRA_TRY(x, context.add_part("distance", "subtract", {}, {largest, x}));
        LUTRA_TRY(exponential_input, read_table_input(context, "exp"));
        LUTRA_TRY(x, add_hgq_quantizer(context, "exp_iq", *exponential_input, x));
    }
    LUTRA_TRY(const NodeId powers, emit_table(context, "exp", *exponential_input, scaled_exponential, is_stable ? -input_scaler : input_scaler, x));
    LUTRA_TRY(NodeId sum, emit_sum(context, "sum", powers, {axis}, 1, true));
    LUTRA_TRY(const HgqQuantizer inverse_input, read_table_input(context, "inv"));
    LUTRA_TRY(sum, add_hgq_quantizer(context, "inv_iq", inverse_input, sum));
    constexpr double keras_epsilon = 1e-7;
    LUTRA_TRY(const NodeId divisor, emit_table(context, "inv", inverse_input, inverse, keras_epsilon, sum));
    LUTRA_TRY(const NodeId product, context.add("multiply", {}, {powers, divisor}));
    return add_hgq_output_quantizer(context, product);
}

}  // namespace lutra::keras
