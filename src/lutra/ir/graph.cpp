#include "lutra/ir/graph.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

std::vector<NodeId> Graph::inputs() const {
    std::vector<NodeId> result;
    for (std::uint32_t i = 0; i < size(); ++i) {
        if (nodes_[i].op.info().is_real) {
            result.push_back({i});
        }
    }
    return result;
}

std::optional<NodeId> Graph::find(std::string_view name) const {
    const auto found = index_of_name_.find(name);
    return found == index_of_name_.end() ? std::nullopt : std::optional(NodeId{found->second});
}

std::vector<int> Graph::use_counts() const {
    std::vector<int> counts(nodes_.size(), 0);
    for (const Node& node : nodes_) {
        for (const NodeId input : node.inputs) {
            ++counts[input.index];
        }
    }
    for (const GraphOutput& output : outputs_) {
        ++counts[output.node.index];
    }
    return counts;
}

std::string Graph::unique_name(std::string name) const {
    if (!index_of_name_.contains(name) && !name.empty()) {
        return name;
    }
    int number = 1;
    std::string candidate;
    do {
        candidate = fmt::format("{}_{}", name, number++);
    } while (index_of_name_.contains(candidate));
    return candidate;
}

Result<NodeId> Graph::add(std::string name, Op op, std::vector<NodeId> inputs) {
    if (nodes_.size() >= max_nodes) {
        return fail(DiagnosticId::GraphTooLarge, name, fmt::format("the graph has more than {} layers", max_nodes), "split the model");
    }
    std::vector<TensorType> types;
    for (const NodeId input : inputs) {
        LUTRA_ASSERT(input.index < size());
        types.push_back(nodes_[input.index].type);
    }
    auto type = op.infer_type(types);
    if (!type) {
        Diagnostic diagnostic = std::move(type).error();
        diagnostic.place = fmt::format("layer '{}'", name);
        return std::unexpected(std::move(diagnostic));
    }
    name = unique_name(std::move(name));
    index_of_name_.emplace(name, size());
    nodes_.push_back({std::move(name), std::move(op), std::move(inputs), *std::move(type)});
    return NodeId{size() - 1};
}

NodeId Graph::add_copy(const Node& node, std::vector<NodeId> inputs) {
    LUTRA_ASSERT(nodes_.size() < max_nodes);
    std::string name = unique_name(node.name);
    index_of_name_.emplace(name, size());
    nodes_.push_back({std::move(name), node.op, std::move(inputs), node.type});
    return {size() - 1};
}

void Graph::add_decision(Diagnostic decision) {
    if (std::ranges::find(decisions_, decision) == decisions_.end()) {
        decisions_.push_back(std::move(decision));
    }
}

bool operator==(const Graph& a, const Graph& b) {
    return a.outputs() == b.outputs() && std::ranges::equal(a.nodes(), b.nodes(), [](const Node& x, const Node& y) {
               return x.name == y.name && x.op == y.op && x.inputs == y.inputs && x.type == y.type;
           });
}

}  // namespace lutra
