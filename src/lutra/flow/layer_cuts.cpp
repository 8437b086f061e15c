#include "lutra/flow/layer_cuts.h"

#include <algorithm>

namespace lutra {

std::vector<int> cut_layers(std::span<const LayerNets> layers, int widening) {
    // Most: three of four.
    constexpr int share = 4;
    std::vector<int> cut;
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const auto& [all, with_partner] = layers[l];
        if (with_partner > 0 && (widening == 0 || share * with_partner >= (share - 1) * all)) {
            cut.push_back(static_cast<int>(l));
        }
    }
    const std::size_t taken_in = widening < 2 ? 0 : std::size_t{1} << std::min(widening - 2, 30);
    cut.resize(cut.size() - std::min(cut.size(), taken_in));
    return cut;
}

int next_widening(std::span<const LayerNets> layers, int widening) {
    const bool is_whole = std::ranges::all_of(layers, [](const LayerNets& nets) { return nets.with_partner == nets.all; });
    return widening == 0 && is_whole ? 2 : widening + 1;
}

}  // namespace lutra
