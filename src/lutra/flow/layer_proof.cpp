#include "lutra/flow/layer_proof.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "lutra/flow/differing_layer.h"
#include "lutra/flow/layer_obligation.h"

namespace lutra {

namespace {

constexpr std::size_t num_random_words = 256;
constexpr int max_rounds = 100;

using Groups = std::map<Group, std::vector<std::size_t>>;

class LayerProof {
public:
    LayerProof(const DesignPair& designs, const std::vector<LayerName>& layers, const RegionComparer& compare);
    Result<EquivalenceResult> run(const std::function<bool()>& is_over);

private:
    void add_outputs();
    void add_pairs_between();
    void guess(std::size_t p);
    void check_guesses();
    void reopen_users(std::size_t p);
    PairUse use_of(std::size_t p, const Group& group, const std::vector<int>& cut) const;
    void count_unusable();
    void widen(std::size_t p);
    void widen_all(const std::vector<std::size_t>& different);
    Groups open_groups();
    Result<void> run_round(const Groups& groups);
    void learn(const LayerRegion& region, const CecVerdict& verdict);
    void learn_difference(const LayerRegion& region, const CecVerdict& verdict, const std::vector<std::size_t>& different);
    void learn_limit(const LayerRegion& region);
    void split(const std::vector<std::size_t>& checks, std::size_t num_parts = 4);
    void check_outputs();
    std::string first_layer(const std::vector<bool>& is_valid) const;
    EquivalenceResult result() const;

    const DesignPair& designs_;
    const std::vector<LayerName>& layers_;
    const RegionComparer& compare_;
    LayerBits bits_;
    NetSignatures gold_;
    NetSignatures gate_;
    std::vector<std::vector<std::string_view>> gold_names_;  ///< per node between layers
    std::vector<NetPair> pairs_;
    std::vector<Obligation> obligations_;    ///< per pair
    std::vector<std::vector<bool>> events_;  ///< found by comparisons and not yet looked at
    std::vector<std::vector<std::uint64_t>> words_;
    int num_parts_ = 0;
    std::vector<int> num_unusable_;  ///< per word
    std::optional<NetlistDifference> difference_;
    int comparisons_ = 0;
};

std::vector<std::string> identifiers_of(const std::vector<LayerName>& layers) {
    std::vector<std::string> identifiers;
    for (const LayerName& layer : layers) {
        identifiers.push_back(layer.identifier);
    }
    return identifiers;
}

LayerProof::LayerProof(const DesignPair& designs, const std::vector<LayerName>& layers, const RegionComparer& compare)
    : designs_(designs),
      layers_(layers),
      compare_(compare),
      bits_(find_layer_bits(designs.gold, identifiers_of(layers))),
      gold_(designs.gold),
      gate_(designs.gate),
      gold_names_(designs.gold.nodes.size()),
      words_(random_words(designs.gold.inputs.size(), num_random_words, 1)) {
    for (const auto& words : words_) {
        gold_.add(words);
        gate_.add(words);
    }
    gate_.index();
    for (const auto& [name, node] : designs.gold.names) {
        gold_names_[node].push_back(name);
    }
    add_outputs();
    add_pairs_between();
    check_outputs();
}

void LayerProof::add_outputs() {
    for (std::size_t i = 0; i < designs_.gold.outputs.size(); ++i) {
        const LogicIndex node = designs_.gold.outputs[i].second;
        const int layer = bits_.layer[node];
        pairs_.push_back({node, {designs_.gate.outputs[i].second, false}});
        obligations_.push_back({.layer = layer < 0 ? static_cast<int>(layers_.size()) : layer, .output = i});
    }
}

void LayerProof::add_pairs_between() {
    std::vector<bool> is_output(designs_.gold.nodes.size());
    for (const auto& output : designs_.gold.outputs) {
        is_output[output.second] = true;
    }
    for (const LogicIndex node : bits_.between) {
        if (is_output[node]) {
            continue;
        }
        pairs_.push_back({node, {}});
        obligations_.push_back({.layer = bits_.layer[node]});
        guess(pairs_.size() - 1);
    }
}

/// Finds a partner for a net between layers: one of the same name before others.
void LayerProof::guess(std::size_t p) {
    NetPair& pair = pairs_[p];
    const auto& values = gold_.of(pair.gold);
    std::optional<NetGuess> found;
    for (const std::string_view name : gold_names_[pair.gold]) {
        const auto place = std::ranges::lower_bound(designs_.gate.names, name, {}, &NamedNode::first);
        if (!found && place != designs_.gate.names.end() && place->first == name) {
            found = gate_.match(place->second, values);
        }
    }
    found = found ? found : gate_.find(values);
    obligations_[p].state = found ? PairState::Open : PairState::Absorbed;
    obligations_[p].widening = 0;
    pair.gate = found.value_or(NetGuess{});
}

/// Words of which the netlist does not seem to have all bits are free in the first try only.
PairUse LayerProof::use_of(std::size_t p, const Group& group, const std::vector<int>& cut) const {
    const Obligation& o = obligations_[p];
    if (!o.is_usable() || o.layer >= group.layer) {
        return PairUse::None;
    }
    const bool is_free = std::ranges::binary_search(cut, o.layer) && (group.widening == 0 || num_unusable_[bits_.word[pairs_[p].gold]] == 0);
    return is_free ? PairUse::Free : PairUse::Same;
}

void LayerProof::count_unusable() {
    num_unusable_.assign(designs_.gold.nodes.size(), 0);
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
        num_unusable_[bits_.word[pairs_[p].gold]] += obligations_[p].is_usable() ? 0 : 1;
    }
}

void LayerProof::widen(std::size_t p) {
    Obligation& o = obligations_[p];
    o.widening = next_widening(layers_before(obligations_, o.layer), o.widening);
}

/// What is compared together: of large groups, parts; of those that reach down over layers, smaller ones.
Groups LayerProof::open_groups() {
    const auto max_size = [](const Group& group) { return group.widening == 0 ? std::size_t{128} : std::size_t{32}; };
    Groups groups;
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
        if (obligations_[p].state == PairState::Open) {
            groups[obligations_[p].group()].push_back(p);
        }
    }
    const bool is_large = std::ranges::any_of(groups, [&](const auto& group) { return group.second.size() > max_size(group.first); });
    for (const auto& [group, checks] : groups) {
        if (const std::size_t size = max_size(group); checks.size() > size) {
            split(checks, (checks.size() + size - 1) / size);
        }
    }
    return is_large ? open_groups() : groups;
}

Result<void> LayerProof::run_round(const Groups& groups) {
    constexpr std::size_t num_words = 64;
    count_unusable();
    std::vector<LayerRegion> regions;
    for (const auto& [group, checks] : groups) {
        const std::vector<int> cut = cut_layers(layers_before(obligations_, group.layer), group.widening);
        regions.emplace_back(designs_, pairs_, checks, [&](std::size_t p) { return use_of(p, group, cut); });
        const auto different = regions.back().is_from_inputs() ? std::vector<std::size_t>{} : regions.back().random_differences(num_words);
        if (!different.empty()) {
            widen_all(different);
            regions.pop_back();
        }
    }
    comparisons_ += static_cast<int>(regions.size());
    LUTRA_TRY(const std::vector<CecVerdict> verdicts, compare_(regions));
    for (std::size_t r = 0; r < regions.size(); ++r) {
        learn(regions[r], verdicts[r]);
    }
    check_guesses();
    return {};
}

void LayerProof::learn(const LayerRegion& region, const CecVerdict& verdict) {
    if (verdict.kind == CecVerdict::Kind::Equal) {
        for (const std::size_t p : region.checks()) {
            obligations_[p].state = PairState::Proved;
            obligations_[p].cuts = region.cuts();
        }
        return;
    }
    const auto different = verdict.kind == CecVerdict::Kind::Different ? region.differences(verdict) : std::vector<std::size_t>{};
    if (!different.empty()) {
        learn_difference(region, verdict, different);
    } else {
        learn_limit(region);
    }
}

/// Nothing was decided: in smaller parts, or for a pair alone from further below, it may be.
void LayerProof::learn_limit(const LayerRegion& region) {
    if (region.checks().size() > 1) {
        split(region.checks());
        return;
    }
    const std::size_t p = region.checks().front();
    if (region.is_from_inputs()) {
        obligations_[p].state = obligations_[p].output ? PairState::Undecided : PairState::Absorbed;
        reopen_users(p);
    } else {
        widen(p);
    }
}

void LayerProof::widen_all(const std::vector<std::size_t>& different) {
    for (const std::size_t p : different) {
        widen(p);
        obligations_[p].part = 0;
    }
}

void LayerProof::learn_difference(const LayerRegion& region, const CecVerdict& verdict, const std::vector<std::size_t>& different) {
    std::vector<std::size_t> rest;
    if (region.is_from_inputs()) {
        std::vector<bool> event(designs_.gold.inputs.size());
        for (const auto& [name, value] : verdict.inputs) {
            event[static_cast<std::size_t>(std::atoi(name.c_str() + 1))] = value;
        }
        events_.push_back(std::move(event));
        rest = region.checks();
    } else {
        std::ranges::copy_if(region.checks(), std::back_inserter(rest), [&](std::size_t p) { return std::ranges::find(different, p) == different.end(); });
        widen_all(different);
    }
    split(rest);
}

/// Puts pairs that were not proved together into parts, in the order of the nets, so that the bits of a sum stay together: what is equal is soon proved, and
/// each part that is not shows inputs of its own.
void LayerProof::split(const std::vector<std::size_t>& checks, std::size_t num_parts) {
    for (std::size_t i = 0; i < checks.size(); ++i) {
        obligations_[checks[i]].part = num_parts_ + 1 + static_cast<int>(i * num_parts / checks.size());
    }
    num_parts_ += static_cast<int>(num_parts);
}

/// What was proved with the help of this pair is open again.
void LayerProof::reopen_users(std::size_t p) {
    for (Obligation& o : obligations_) {
        if (o.state == PairState::Proved && std::ranges::find(o.cuts, p) != o.cuts.end()) {
            o.state = PairState::Open;
            o.part = 0;
        }
    }
}

/// Looks at the events that were found: pairs that differ in them get other partners, outputs that differ are different.
void LayerProof::check_guesses() {
    if (events_.empty()) {
        return;
    }
    for (const auto& event : events_) {
        words_.push_back(words_near(event, words_.size()));
        gold_.add(words_.back());
        gate_.add(words_.back());
    }
    events_.clear();
    gate_.index();
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
        Obligation& o = obligations_[p];
        const auto& values = gold_.of(pairs_[p].gold);
        const auto& [node, is_inverted] = pairs_[p].gate;
        if (o.output || !o.is_usable() || gate_.match(node, values) == std::optional(pairs_[p].gate)) {
            continue;
        }
        guess(p);
        reopen_users(p);
    }
    check_outputs();
}

/// Outputs that differ in an event are different; the first such event is kept.
void LayerProof::check_outputs() {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
        Obligation& o = obligations_[p];
        if (!o.output || o.state == PairState::Different) {
            continue;
        }
        const auto& gold = gold_.of(pairs_[p].gold);
        const auto& gate = gate_.of(pairs_[p].gate.node);
        const std::size_t w = static_cast<std::size_t>(std::ranges::mismatch(gold, gate).in1 - gold.begin());
        if (w == gold.size()) {
            continue;
        }
        o.state = PairState::Different;
        reopen_users(p);
        if (!difference_) {
            const int event = std::countr_zero(gold[w] ^ gate[w]);
            difference_ = NetlistDifference{.output = designs_.gold.outputs[*o.output].first};
            for (std::size_t i = 0; i < words_[w].size(); ++i) {
                difference_->inputs.emplace_back(designs_.gold.inputs[i].first, static_cast<LogicIndex>(words_[w][i] >> event & 1));
            }
        }
    }
}

/// Of the first layer that is not proved: after a difference by the nets and outputs that differ, else by those that were not proved.
std::string LayerProof::first_layer(const std::vector<bool>& is_valid) const {
    int first = static_cast<int>(layers_.size());
    if (const auto differing = difference_ ? first_differing_layer(designs_, bits_, gold_, gate_) : std::nullopt) {
        first = *differing;
    } else {
        for (std::size_t p = 0; p < pairs_.size(); ++p) {
            const bool counts = difference_ ? obligations_[p].state == PairState::Different : !is_valid[p];
            first = counts ? std::min(first, obligations_[p].layer) : first;
        }
    }
    return first < static_cast<int>(layers_.size()) ? layers_[static_cast<std::size_t>(first)].name : "";
}

EquivalenceResult LayerProof::result() const {
    const std::vector<bool> is_valid = valid_pairs(obligations_);
    EquivalenceResult result;
    result.is_proved = true;
    result.layers.resize(layers_.size() + 1);
    result.difference = difference_;
    result.comparisons = comparisons_;
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
        LayerEquivalence& layer = result.layers[static_cast<std::size_t>(obligations_[p].layer)];
        ++layer.bits;
        layer.proved += is_valid[p] ? 1 : 0;
        layer.absorbed += obligations_[p].state == PairState::Absorbed ? 1 : 0;
        result.is_proved = result.is_proved && (is_valid[p] || !obligations_[p].output);
    }
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
        LayerEquivalence& layer = result.layers[i];
        layer.name = i < layers_.size() ? layers_[i].name : "";
        layer.is_proved = result.is_proved || (layer.bits > 0 && layer.proved == layer.bits);
    }
    result.first_layer = result.is_proved ? "" : first_layer(is_valid);
    return result;
}

Result<EquivalenceResult> LayerProof::run(const std::function<bool()>& is_over) {
    for (int round = 0; round < max_rounds && !is_over(); ++round) {
        const Groups groups = open_groups();
        if (groups.empty()) {
            break;
        }
        if (auto done = run_round(groups); !done) {
            return std::unexpected(std::move(done).error());
        }
    }
    return result();
}

}  // namespace

Result<EquivalenceResult> prove_layers(const DesignPair& designs, const std::vector<LayerName>& layers, const RegionComparer& compare,
                                       const std::function<bool()>& is_over) {
    return LayerProof(designs, layers, compare).run(is_over);
}

}  // namespace lutra
