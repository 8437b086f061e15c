#include "lutra/flow/differing_layer.h"

#include <algorithm>
#include <bit>
#include <map>

namespace lutra {

namespace {

/// Fewer events tell too little: nets would be taken for equal by chance.
constexpr int min_events = 256;

/// The events, as bits of words, in which all outputs are equal.
std::vector<std::uint64_t> equal_events(const DesignPair& designs, const NetSignatures& gold, const NetSignatures& gate) {
    std::vector<std::uint64_t> equal;
    for (std::size_t i = 0; i < designs.gold.outputs.size(); ++i) {
        const auto& a = gold.of(designs.gold.outputs[i].second);
        const auto& b = gate.of(designs.gate.outputs[i].second);
        equal.resize(a.size(), ~std::uint64_t{0});
        for (std::size_t w = 0; w < a.size(); ++w) {
            equal[w] &= ~(a[w] ^ b[w]);
        }
    }
    return equal;
}

/// Nets between layers for which the netlist has no partner, layer after layer.
std::vector<LogicIndex> nets_without_partner(const LayerBits& bits, const NetSignatures& gold, const NetSignatures& gate) {
    std::vector<LogicIndex> nets;
    for (const LogicIndex node : bits.between) {
        if (!gate.has(gold.of(node))) {
            nets.push_back(node);
        }
    }
    std::ranges::stable_sort(nets, {}, [&](LogicIndex node) { return bits.layer[node]; });
    return nets;
}

}  // namespace

std::optional<int> first_differing_layer(const DesignPair& designs, const LayerBits& bits, const NetSignatures& gold, const NetSignatures& gate) {
    std::map<LogicIndex, bool> has_name_of;  // of the nets: whether the netlist has a net of that name
    const std::vector<LogicIndex> nets = nets_without_partner(bits, gold, gate);
    for (const LogicIndex node : nets) {
        has_name_of[node] = false;
    }
    for (const auto& [name, node] : designs.gold.names) {
        if (const auto found = has_name_of.find(node); found != has_name_of.end()) {
            found->second = found->second || std::ranges::binary_search(designs.gate.names, std::string_view(name), {}, [](const NamedNode& n) { return std::string_view(n.first); });
        }
    }
    const std::vector<std::uint64_t> equal = equal_events(designs, gold, gate);
    int num_equal = 0;
    for (const std::uint64_t word : equal) {
        num_equal += std::popcount(word);
    }
    std::optional<NetSignatures> selected;
    if (num_equal >= min_events) {
        selected = gate.selected(equal);
        selected->index();
    }
    for (const LogicIndex node : nets) {
        if (has_name_of[node] || (selected && selected->has(select_events(gold.of(node), equal)))) {
            return bits.layer[node];
        }
    }
    return std::nullopt;
}

}  // namespace lutra
