#include <fmt/format.h>

#include <cmath>

#include "lutra/import/keras/emit_activation.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_layer.h"
#include "lutra/import/keras/hgq_table.h"

namespace lutra::keras {

namespace {

constexpr double single_epsilon = 1.0 / (1 << 23);

/// A table of one function between the layer's quantisers of input and output.
Result<NodeId> import_function(LayerContext& context, double factor, double offset) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor", "parallelization_factor", "allow_heterogeneous_table", "allow_heterogeneous_input"});
    const auto name = activation_name(context.option("activation"));
    double (*const function)(double) = name ? find_real_function(*name) : nullptr;
    LUTRA_TRY(const bool has_input_quantizer, context.boolean("enable_iq", true));
    LUTRA_TRY(const bool has_output_quantizer, context.boolean("enable_oq", true));
    if (function == nullptr || !has_input_quantizer || !has_output_quantizer) {
        return context.unsupported(fmt::format("its function '{}' is not known, or has no quantiser in front or behind", name.value_or("of an unknown kind")),
                                   "use a function of one number, such as tanh, with both quantisers");
    }
    LUTRA_TRY(const HgqQuantizer input, read_hgq_quantizer(context, "iq_conf", "iq", HgqPlace::Table));
    LUTRA_TRY(const HgqQuantizer output, read_hgq_quantizer(context, "oq_conf", "oq", HgqPlace::Table));
    LUTRA_TRY(const NodeId x, add_hgq_quantizer(context, "iq", input, context.input()));
    return add_hgq_function(
        context, "", input, output,
        [&](double value) {
            const double argument = value * factor + offset;
            const double y = function(argument);
            const bool is_exact = factor == 1 && offset == 0;
            // How far single precision moves the argument, through a slope of about one, and the result.
            return Estimate{y, (std::abs(y) * 2 + (is_exact ? 0.0 : std::abs(argument) + std::abs(offset))) * single_epsilon};
        },
        x);
}

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

}  // namespace lutra::keras
