#include "lutra/flow/layer_region.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace lutra {

namespace {

/// The statement of a function: its true entries.
std::string names_statement(const LogicNode& node, LogicIndex output) {
    std::string text = ".names";
    for (const LogicIndex input : node.all()) {
        text += fmt::format(" n{}", input);
    }
    text += fmt::format(" n{}\n", output);
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
                         const std::function<bool(std::size_t)>& is_cut)
    : checks_(std::move(checks)) {
    gold_.network = &designs.gold;
    gate_.network = &designs.gate;
    std::vector<std::size_t> pair_of_gold(designs.gold.nodes.size(), pairs.size());
    std::vector<Leaf> leaves;
    leaves.reserve(2 * (pairs.size() + designs.gold.inputs.size()));
    std::vector<const Leaf*> gold_leaf(designs.gold.nodes.size());
    std::vector<const Leaf*> gate_leaf(designs.gate.nodes.size());
    for (std::size_t i = 0; i < designs.gold.inputs.size(); ++i) {
        const std::string name = fmt::format("i{}", i);
        gold_leaf[designs.gold.inputs[i].second] = &leaves.emplace_back(designs.gold.inputs[i].second, name, false);
        gate_leaf[designs.gate.inputs[i].second] = &leaves.emplace_back(designs.gate.inputs[i].second, name, false);
    }
    for (std::size_t p = 0; p < pairs.size(); ++p) {
        const NetPair& pair = pairs[p];
        if (gold_leaf[pair.gold] != nullptr || !is_cut(p)) {
            continue;
        }
        const Leaf* known = gate_leaf[pair.gate.node];
        const std::string name = known != nullptr ? known->name : fmt::format("v{}", pair.gate.node);
        if (known == nullptr) {
            gate_leaf[pair.gate.node] = &leaves.emplace_back(pair.gate.node, name, false);
        }
        gold_leaf[pair.gold] = &leaves.emplace_back(pair.gold, name, pair.gate.is_inverted);
        pair_of_gold[pair.gold] = p;
    }
    for (const std::size_t check : checks_) {
        gold_.outputs.push_back({pairs[check].gold, false});
        gate_.outputs.push_back(pairs[check].gate);
    }
    collect(gold_, gold_leaf);
    collect(gate_, gate_leaf);
    for (const Leaf& leaf : gold_.leaves) {
        if (pair_of_gold[leaf.node] < pairs.size()) {
            cuts_.push_back(pair_of_gold[leaf.node]);
        }
    }
}

/// Finds what the outputs depend on, down to the leaves.
void LayerRegion::collect(Side& side, const std::vector<const Leaf*>& leaf_of_node) {
    std::vector<bool> is_read(side.network->nodes.size());
    for (const NetGuess& output : side.outputs) {
        is_read[output.node] = true;
    }
    for (std::size_t n = is_read.size(); n-- > 0;) {
        if (!is_read[n]) {
            continue;
        }
        if (const Leaf* leaf = leaf_of_node[n]) {
            side.leaves.push_back(*leaf);
            inputs_.insert(leaf->name);
            is_from_inputs_ = is_from_inputs_ && leaf->name[0] == 'i';
            continue;
        }
        side.inner.push_back(static_cast<LogicIndex>(n));
        for (const LogicIndex input : side.network->nodes[n].all()) {
            is_read[input] = true;
        }
    }
    std::ranges::reverse(side.inner);
}

std::string LayerRegion::blif(const Side& side) const {
    // One input that nothing reads, since there may be no other.
    std::string text = ".model region\n.inputs unread";
    for (const std::string& name : inputs_) {
        text += " " + name;
    }
    text += "\n.outputs";
    for (std::size_t i = 0; i < side.outputs.size(); ++i) {
        text += fmt::format(" o{}", i);
    }
    text += '\n';
    for (const Leaf& leaf : side.leaves) {
        text += buffer_statement(leaf.name, fmt::format("n{}", leaf.node), leaf.is_inverted);
    }
    for (const LogicIndex node : side.inner) {
        text += names_statement(side.network->nodes[node], node);
    }
    for (std::size_t i = 0; i < side.outputs.size(); ++i) {
        const NetGuess& output = side.outputs[i];
        text += buffer_statement(fmt::format("n{}", output.node), fmt::format("o{}", i), output.is_inverted);
    }
    return text + ".end\n";
}

std::vector<std::uint64_t> LayerRegion::evaluate(const Side& side, const InputWords& words) {
    std::vector<std::uint64_t> values(side.network->nodes.size());
    for (const Leaf& leaf : side.leaves) {
        values[leaf.node] = words.at(leaf.name) ^ (leaf.is_inverted ? ~std::uint64_t{0} : 0);
    }
    for (const LogicIndex n : side.inner) {
        values[n] = node_value(side.network->nodes[n], values);
    }
    std::vector<std::uint64_t> outputs;
    for (const NetGuess& output : side.outputs) {
        outputs.push_back(values[output.node] ^ (output.is_inverted ? ~std::uint64_t{0} : 0));
    }
    return outputs;
}

void LayerRegion::add_differences(const InputWords& words, std::vector<bool>& differs) const {
    const std::vector<std::uint64_t> gold = evaluate(gold_, words);
    const std::vector<std::uint64_t> gate = evaluate(gate_, words);
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        differs[i] = differs[i] || gold[i] != gate[i];
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
