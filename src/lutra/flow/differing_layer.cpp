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

/// The events, split by whether the outputs are equal.
struct Events {
    std::vector<std::uint64_t> equal;
    std::int64_t num_equal = 0;
    std::int64_t num_different = 0;
};

/// True when a net differs from its guess in a good part of the events in which outputs differ, and in far fewer of the others: a net that is another one but
/// in rare events, or has the name of another function, does not.
bool is_damaged(const std::vector<std::uint64_t>& gold, const std::vector<std::uint64_t>& gate, bool is_inverted, const Events& events) {
    constexpr std::int64_t min_share = 16;
    constexpr std::int64_t min_ratio = 4;
    std::int64_t in_equal = 0;
    std::int64_t in_different = 0;
    for (std::size_t w = 0; w < gold.size(); ++w) {
        const std::uint64_t different = gold[w] ^ gate[w] ^ (is_inverted ? ~std::uint64_t{0} : 0);
        in_equal += std::popcount(different & events.equal[w]);
        in_different += std::popcount(different & ~events.equal[w]);
    }
    return in_different >= std::max<std::int64_t>(1, events.num_different / min_share) &&
           in_different * events.num_equal >= min_ratio * in_equal * events.num_different;
}

/// Nets between layers for which the netlist has no partner, layer after layer.
std::vector<LogicIndex> nets_without_partner(const LayerBits& bits, const NetSignatures& gold, const NetSignatures& gate) {
    std::vector<LogicIndex> nets;
    for (const LogicIndex node : bits.between) {
        if (gate.all(gold.of(node)).empty()) {
            nets.push_back(node);
        }
    }
    std::ranges::stable_sort(nets, {}, [&](LogicIndex node) { return bits.layer[node]; });
    return nets;
}

}  // namespace

std::optional<int> first_differing_layer(const DesignPair& designs, const LayerBits& bits, const NetSignatures& gold, const NetSignatures& gate) {
    const std::vector<LogicIndex> nets = nets_without_partner(bits, gold, gate);
    std::map<LogicIndex, std::vector<LogicIndex>> namesakes;
    for (const LogicIndex node : nets) {
        namesakes[node] = {};
    }
    for (const auto& [name, node] : designs.gold.names) {
        if (const auto found = namesakes.find(node); found != namesakes.end()) {
            const auto same = std::ranges::lower_bound(designs.gate.names, name, {}, &NamedNode::first);
            if (same != designs.gate.names.end() && same->first == name) {
                found->second.push_back(same->second);
            }
        }
    }
    Events events{.equal = equal_events(designs, gold, gate)};
    for (const std::uint64_t word : events.equal) {
        events.num_equal += std::popcount(word);
        events.num_different += std::popcount(~word);
    }
    std::optional<NetSignatures> selected;
    if (events.num_equal >= min_events) {
        selected = gate.selected(events.equal);
        selected->index();
    }
    for (const LogicIndex node : nets) {
        const auto& values = gold.of(node);
        const auto damages = [&](const NetGuess& guess) { return is_damaged(values, gate.of(guess.node), guess.is_inverted, events); };
        if (std::ranges::any_of(namesakes[node], [&](LogicIndex same) { return damages({same, false}) || damages({same, true}); }) ||
            (selected && std::ranges::any_of(selected->all(select_events(values, events.equal)), damages))) {
            return bits.layer[node];
        }
    }
    return std::nullopt;
}

}  // namespace lutra
