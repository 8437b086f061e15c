#pragma once

/// Functions of a few nets in one form, so that equal ones become one node.

#include <map>
#include <tuple>
#include <vector>

#include "lutra/flow/logic_network.h"

namespace lutra {

/// Appends functions to a list of nodes.
class LogicHash {
public:
    explicit LogicHash(std::vector<LogicNode>& nodes) : nodes_(nodes) {}

    LogicIndex add_input();
    /// The node of a function of nodes: without inputs that are constant, not read, twice there, or inverses of others, and in order; what is known is not made
    /// again.
    LogicIndex add(std::span<const LogicIndex> inputs, std::uint64_t table);
    /// True for a node that is the inverse of another one, its only input.
    bool is_inverse(LogicIndex node) const { return nodes_[node].num_inputs == 1; }

private:
    std::vector<LogicNode>& nodes_;
    std::map<std::tuple<std::array<LogicIndex, max_table_inputs>, std::uint8_t, std::uint64_t>, LogicIndex> known_;
};

}  // namespace lutra
