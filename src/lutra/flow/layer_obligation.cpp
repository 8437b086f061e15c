#include "lutra/flow/layer_obligation.h"

#include <algorithm>
#include <numeric>

namespace lutra {

std::vector<bool> valid_pairs(const std::vector<Obligation>& obligations) {
    std::vector<std::size_t> order(obligations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t p) { return obligations[p].layer; });
    std::vector<bool> is_valid(obligations.size());
    for (const std::size_t p : order) {
        const Obligation& o = obligations[p];
        is_valid[p] =
            o.state == PairState::Proved && std::ranges::all_of(o.cuts, [&](std::size_t cut) { return obligations[cut].layer < o.layer && is_valid[cut]; });
    }
    return is_valid;
}

std::vector<LayerNets> layers_before(const std::vector<Obligation>& obligations, int layer) {
    std::vector<LayerNets> layers(static_cast<std::size_t>(layer));
    for (const Obligation& o : obligations) {
        if (o.layer < layer) {
            LayerNets& nets = layers[static_cast<std::size_t>(o.layer)];
            ++nets.all;
            nets.with_partner += o.is_usable() ? 1 : 0;
        }
    }
    return layers;
}

}  // namespace lutra
