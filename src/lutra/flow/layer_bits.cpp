#include "lutra/flow/layer_bits.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace lutra {

namespace {

/// The numbers of layers by the identifiers; of equal ones the first.
using LayerNumbers = std::map<std::string_view, int>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// True for what the emitters put behind a layer's name: what a net is and its number, such as "add12" or "row3_carry2".
bool is_net_kind(std::string_view text) {
    const std::size_t digits = text.find_first_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos ||
        !std::ranges::all_of(text.substr(0, digits), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; })) {
        return false;
    }
    text.remove_prefix(digits);
    text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    constexpr std::string_view carry = "_carry";
    if (text.starts_with(carry)) {
        text.remove_prefix(carry.size());
        return !text.empty() && std::ranges::all_of(text, is_digit);
    }
    // Underscores keep a name apart from one that was taken.
    return std::ranges::all_of(text, [](char c) { return c == '_'; });
}

int layer_of(std::string_view net, const LayerNumbers& numbers) {
    net = net.substr(0, net.find('['));
    for (std::size_t end = net.rfind('_'); end != std::string_view::npos && end > 0; end = net.rfind('_', end - 1)) {
        const auto found = numbers.find(net.substr(0, end));
        if (found != numbers.end() && is_net_kind(net.substr(end + 1))) {
            return found->second;
        }
    }
    return -1;
}

LayerNumbers numbers_of(const std::vector<std::string>& layers) {
    LayerNumbers numbers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        numbers.try_emplace(layers[i], static_cast<int>(i));
    }
    return numbers;
}

/// Joins the nodes between layers that have the name of the same word of their layer, but for the index: fc1_add12[3] and fc1_add12[4].
void join_words(const LogicNetwork& network, const LayerNumbers& numbers, LayerBits& bits) {
    const auto root = [&](LogicIndex node) {
        while (bits.word[node] != node) {
            node = bits.word[node] = bits.word[bits.word[node]];
        }
        return node;
    };
    std::map<std::string_view, LogicIndex> first_of_word;
    for (const auto& [name, node] : network.names) {
        if (std::ranges::binary_search(bits.between, node) && layer_of(name, numbers) == bits.layer[node]) {
            const std::string_view word = std::string_view(name).substr(0, name.find('['));
            const LogicIndex a = root(node);
            const LogicIndex b = root(first_of_word.try_emplace(word, node).first->second);
            bits.word[std::max(a, b)] = std::min(a, b);
        }
    }
    for (const LogicIndex node : bits.between) {
        bits.word[node] = root(node);
    }
}

}  // namespace

int layer_of_net(std::string_view net, const std::vector<std::string>& layers) { return layer_of(net, numbers_of(layers)); }

LayerBits find_layer_bits(const LogicNetwork& network, const std::vector<std::string>& layers) {
    const LayerNumbers numbers = numbers_of(layers);
    const std::size_t num_nodes = network.nodes.size();
    LayerBits bits{.layer = std::vector<int>(num_nodes, -1), .between = {}, .word = std::vector<LogicIndex>(num_nodes)};
    for (const auto& [name, node] : network.names) {
        const int layer = layer_of(name, numbers);
        int& known = bits.layer[node];
        known = known < 0 || (layer >= 0 && layer < known) ? layer : known;
    }
    for (std::size_t n = 0; n < num_nodes; ++n) {
        if (network.nodes[n].num_inputs == 1 && bits.layer[n] < 0) {
            bits.layer[n] = bits.layer[network.nodes[n].inputs[0]];
        }
    }
    // The first and the last layer that reads a node.
    const int after_all = static_cast<int>(layers.size());
    std::vector<int> first(num_nodes, after_all);
    std::vector<int> last(num_nodes, -1);
    for (const auto& output : network.outputs) {
        last[output.second] = after_all;
    }
    for (std::size_t n = num_nodes; n-- > 0;) {
        const int layer = bits.layer[n];
        for (const LogicIndex input : network.nodes[n].all()) {
            first[input] = std::min(first[input], layer < 0 ? first[n] : layer);
            last[input] = std::max(last[input], layer < 0 ? last[n] : layer);
        }
        if (layer >= 0 && !network.nodes[n].is_input && (first[n] != layer || last[n] != layer)) {
            bits.between.push_back(static_cast<LogicIndex>(n));
        }
    }
    std::ranges::reverse(bits.between);
    std::iota(bits.word.begin(), bits.word.end(), LogicIndex{0});
    join_words(network, numbers, bits);
    return bits;
}

}  // namespace lutra
