#include "lutra/import/keras/hgq_layer.h"

#include <fmt/format.h>

namespace lutra::keras {

Result<std::vector<RealTensor>> read_hgq_weights(LayerContext& context, std::vector<std::string_view> names, std::size_t counters_at) {
    LUTRA_TRY(const bool counts_bits, context.boolean("enable_ebops", true));
    context.ignore({"beta0", "ebops_factor", "parallelization_factor"});
    const auto at = static_cast<std::ptrdiff_t>(counters_at);
    if (counts_bits) {
        names.insert(names.begin() + at, {"beta", "ebops"});
    }
    LUTRA_TRY(std::vector<RealTensor> weights, context.weights(names));
    if (counts_bits) {
        weights.erase(weights.begin() + at, weights.begin() + at + 2);
    }
    return weights;
}

Result<std::vector<NodeId>> add_hgq_input_quantizers(LayerContext& context) {
    context.ignore({"enable_ebops", "beta0", "ebops_factor"});
    LUTRA_TRY(const bool is_enabled, context.boolean("enable_iq", true));
    std::vector<NodeId> nodes(context.inputs().begin(), context.inputs().end());
    const Json& configs = context.option("iq_confs");
    if (!is_enabled) {
        return nodes;
    }
    if (configs.size() != nodes.size() && configs.array() != nullptr) {
        return context.invalid(fmt::format("it has {} inputs and {} quantisers of them", nodes.size(), configs.size()));
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::string below = fmt::format("iq/quantizers/quantizer{}", i == 0 ? "" : fmt::format("_{}", i));
        const Json& config = configs.array() != nullptr ? configs[i] : configs;
        LUTRA_TRY(const HgqQuantizer quantizer, read_hgq_quantizer(context, config, fmt::format("iq_confs[{}]", i), below, HgqPlace::Activation));
        LUTRA_TRY(nodes[i], add_hgq_quantizer(context, fmt::format("iq{}", i), quantizer, nodes[i]));
    }
    return nodes;
}

}  // namespace lutra::keras
