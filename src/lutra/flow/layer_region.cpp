#include "lutra/flow/layer_region.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace lutra {

namespace {

/// The statement of a function: its true entries.
std::string names_statement(const LogicNode& node, LogicIndex output, char prefix) {
    std::string text = ".names";
    for (const LogicIndex input : node.all()) {
        text += fmt::format(" {}{}", prefix, input);
    }
    text += fmt::format(" {}{}\n", prefix, output);
    for (std::uint64_t entry = 0; entry < std::uint64_t{1} << node.num_inputs; ++entry) {
        if ((node.table >> entry & 1) != 0) {
            for (int i = 0; i < node.num_inputs; ++i) {
                text += (entry >> i & 1) != 0 ? '1' : '0';
            }
            text += node.num_inputs > 0 ? " 1\n" : "1\n";
        }
    }
    return text;
}

std::string buffer_statement(std::string_view from, std::string_view to, bool is_inverted) {
    return fmt::format(".names {} {}\n{} 1\n", from, to, is_inverted ? 0 : 1);
}

}  // namespace

LayerRegion::LayerRegion(const DesignPair& designs, const std::vector<NetPair>& pairs, std::vector<std::size_t> checks,
                         const std::function<PairUse(std::size_t)>& use)
    : checks_(std::move(checks)) {
    gold_.network = &designs.gold;
    gold_.prefix = 'g';
    gate_.network = &designs.gate;
    std::vector<std::size_t> pair_of_gold(designs.gold.nodes.size(), pairs.size());
    std::vector<Leaf> leaves;
    leaves.reserve(2 * (pairs.size() + designs.gold.inputs.size()));
    std::vector<const Leaf*> gold_leaf(designs.gold.nodes.size());
    std::vector<const Leaf*> gate_leaf(designs.gate.nodes.size());
    for (std::size_t i = 0; i < designs.gold.inputs.size(); ++i) {
        const std::string name = fmt::format("i{}", i);
        gold_leaf[designs.gold.inputs[i].second] = &leaves.emplace_back(designs.gold.inputs[i].second, name);
        gate_leaf[designs.gate.inputs[i].second] = &leaves.emplace_back(designs.gate.inputs[i].second, name);
    }
    for (std::size_t p = 0; p < pairs.size(); ++p) {
        const NetPair& pair = pairs[p];
        const PairUse used = gold_leaf[pair.gold] != nullptr ? PairUse::None : use(p);
        if (used == PairUse::None) {
            continue;
        }
        pair_of_gold[pair.gold] = p;
        const LogicIndex node = pair.gate.node;
        if (used == PairUse::Free && gate_leaf[node] == nullptr) {
            gate_leaf[node] = &leaves.emplace_back(node, fmt::format("v{}", node));
        }
        gold_leaf[pair.gold] = &leaves.emplace_back(pair.gold, "", pair.gate.is_inverted, node);
    }
    for (const std::size_t check : checks_) {
        gold_.outputs.push_back({pairs[check].gold, false});
        gate_.outputs.push_back(pairs[check].gate);
    }
    collect(gold_, {}, gold_leaf);
    std::vector<LogicIndex> roots;
    for (const Leaf& leaf : gold_.leaves) {
        if (leaf.gate) {
            roots.push_back(*leaf.gate);
            cuts_.push_back(pair_of_gold[leaf.node]);
        }
    }
    collect(gate_, std::move(roots), gate_leaf);
}

/// Finds what the outputs, and the roots, depend on, down to the leaves.
void LayerRegion::collect(Side& side, std::vector<LogicIndex> roots, const std::vector<const Leaf*>& leaf_of_node) {
    for (const NetGuess& output : side.outputs) {
        roots.push_back(output.node);
    }
    std::vector<bool> is_read(side.network->nodes.size());
    for (const LogicIndex root : roots) {
        is_read[root] = true;
    }
    for (std::size_t n = is_read.size(); n-- > 0;) {
        if (!is_read[n]) {
            continue;
        }
        if (const Leaf* leaf = leaf_of_node[n]) {
            side.leaves.push_back(*leaf);
            if (!leaf->gate) {
                inputs_.insert(leaf->name);
                is_from_inputs_ = is_from_inputs_ && leaf->name[0] == 'i';
            }
            continue;
        }
        side.inner.push_back(static_cast<LogicIndex>(n));
        for (const LogicIndex input : side.network->nodes[n].all()) {
            is_read[input] = true;
        }
    }
    std::ranges::reverse(side.inner);
}

std::string LayerRegion::header() const {
    // One input that nothing reads, since there may be no other.
    std::string text = ".model region\n.inputs unread";
    for (const std::string& name : inputs_) {
        text += " " + name;
    }
    text += "\n.outputs";
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        text += fmt::format(" o{}", i);
    }
    return text + "\n";
}

std::string LayerRegion::body(const Side& side) {
    std::string text;
    for (const Leaf& leaf : side.leaves) {
        const std::string source = leaf.gate ? fmt::format("n{}", *leaf.gate) : leaf.name;
        text += buffer_statement(source, fmt::format("{}{}", side.prefix, leaf.node), leaf.is_inverted);
    }
    for (const LogicIndex node : side.inner) {
        text += names_statement(side.network->nodes[node], node, side.prefix);
    }
    return text;
}

std::string LayerRegion::outputs(const Side& side) {
    std::string text;
    for (std::size_t i = 0; i < side.outputs.size(); ++i) {
        const NetGuess& output = side.outputs[i];
        text += buffer_statement(fmt::format("{}{}", side.prefix, output.node), fmt::format("o{}", i), output.is_inverted);
    }
    return text + ".end\n";
}

std::string LayerRegion::gold_blif() const { return header() + body(gate_) + body(gold_) + outputs(gold_); }

std::string LayerRegion::gate_blif() const { return header() + body(gate_) + outputs(gate_); }

/// Writes the values of a side's nodes, with those of the other one for what it takes from there.
void LayerRegion::evaluate(const Side& side, const InputWords& words, const std::vector<std::uint64_t>& gate_values, std::vector<std::uint64_t>& values) {
    values.resize(side.network->nodes.size());
    for (const Leaf& leaf : side.leaves) {
        values[leaf.node] = (leaf.gate ? gate_values[*leaf.gate] : words.at(leaf.name)) ^ (leaf.is_inverted ? ~std::uint64_t{0} : 0);
    }
    for (const LogicIndex n : side.inner) {
        values[n] = node_value(side.network->nodes[n], values);
    }
}

void LayerRegion::add_differences(const InputWords& words, std::vector<bool>& differs) const {
    std::vector<std::uint64_t> gold;
    std::vector<std::uint64_t> gate;
    evaluate(gate_, words, {}, gate);
    evaluate(gold_, words, gate, gold);
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        const NetGuess& output = gate_.outputs[i];
        differs[i] = differs[i] || gold[gold_.outputs[i].node] != (gate[output.node] ^ (output.is_inverted ? ~std::uint64_t{0} : 0));
    }
}

std::vector<std::size_t> LayerRegion::checks_where(const std::vector<bool>& differs) const {
    std::vector<std::size_t> different;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        if (differs[i]) {
            different.push_back(checks_[i]);
        }
    }
    return different;
}

std::vector<std::size_t> LayerRegion::differences(const CecVerdict& verdict) const {
    const std::map<std::string, bool> given(verdict.inputs.begin(), verdict.inputs.end());
    std::vector<bool> event;
    for (const std::string& name : inputs_) {
        const auto found = given.find(name);
        event.push_back(found != given.end() && found->second);
    }
    InputWords words;
    const std::vector<std::uint64_t> near = words_near(event, 1);
    std::size_t i = 0;
    for (const std::string& name : inputs_) {
        words[name] = near[i++];
    }
    std::vector<bool> differs(checks_.size());
    add_differences(words, differs);
    return checks_where(differs);
}

std::vector<std::size_t> LayerRegion::random_differences(std::size_t num_words) const {
    std::vector<bool> differs(checks_.size());
    for (const auto& word : random_words(inputs_.size(), num_words, 1)) {
        InputWords words;
        std::size_t i = 0;
        for (const std::string& name : inputs_) {
            words[name] = word[i++];
        }
        add_differences(words, differs);
    }
    return checks_where(differs);
}

}  // namespace lutra
