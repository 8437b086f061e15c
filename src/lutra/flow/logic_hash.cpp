#include "lutra/flow/logic_hash.h"

#include <algorithm>

namespace lutra {

namespace {

/// f with input i replaced by a function of the other inputs.
std::uint64_t substitute(std::uint64_t table, int i, std::uint64_t by) { return (by & cofactor(table, i, true)) | (~by & cofactor(table, i, false)); }

}  // namespace

LogicIndex LogicHash::add_input() {
    nodes_.push_back({.is_input = true});
    return static_cast<LogicIndex>(nodes_.size() - 1);
}

LogicIndex LogicHash::add(std::span<const LogicIndex> inputs, std::uint64_t table) {
    table = repeated_table(table, static_cast<int>(inputs.size()));
    std::array<LogicIndex, max_table_inputs> sources{};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const int input = static_cast<int>(i);
        const LogicNode& node = nodes_[inputs[i]];
        sources[i] = is_inverse(inputs[i]) ? node.inputs[0] : inputs[i];
        if (sources[i] != inputs[i]) {
            table = substitute(table, input, ~input_tables[i]);
        } else if (!node.is_input && node.num_inputs == 0) {
            table = cofactor(table, input, (node.table & 1) != 0);
        }
        const std::size_t first = static_cast<std::size_t>(std::ranges::find(sources, sources[i]) - sources.begin());
        if (first < i) {
            table = substitute(table, input, input_tables[first]);
        }
    }
    LogicNode node;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (depends_on(table, static_cast<int>(i))) {
            kept.push_back(i);
        }
    }
    std::ranges::sort(kept, {}, [&](std::size_t i) { return sources[i]; });
    for (const std::size_t i : kept) {
        node.inputs[node.num_inputs++] = sources[i];
    }
    for (std::uint64_t entry = 0; entry < std::uint64_t{1} << kept.size(); ++entry) {
        std::uint64_t place = 0;
        for (std::size_t k = 0; k < kept.size(); ++k) {
            place |= (entry >> k & 1) << kept[k];
        }
        node.table |= (table >> place & 1) << entry;
    }
    constexpr std::uint64_t identity = 2;
    if (node.num_inputs == 1 && node.table == identity) {
        return node.inputs[0];
    }
    const auto [found, is_new] = known_.try_emplace({node.inputs, node.num_inputs, node.table}, static_cast<LogicIndex>(nodes_.size()));
    if (is_new) {
        nodes_.push_back(node);
    }
    return found->second;
}

}  // namespace lutra
