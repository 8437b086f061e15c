#include "lutra/passes/graph_rewriter.h"

#include <algorithm>

namespace lutra {

GraphRewriter::GraphRewriter(const Graph& source) : source_(source), now_(source.size()) { result_.add_decisions_of(source); }

std::vector<NodeId> GraphRewriter::inputs_of(const Node& node) const {
    std::vector<NodeId> inputs;
    for (const NodeId input : node.inputs) {
        inputs.push_back(now(input));
    }
    return inputs;
}

Result<void> GraphRewriter::copy(NodeId id) {
    const Node& node = source_[id];
    std::vector<NodeId> inputs = inputs_of(node);
    bool has_same_types = true;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        has_same_types = has_same_types && result_[inputs[i]].type == source_[node.inputs[i]].type;
    }
    if (has_same_types) {
        replace(id, result_.add_copy(node, std::move(inputs)));
        return {};
    }
    return replace_by(id, node.name, node.op, std::move(inputs));
}

Result<void> GraphRewriter::replace_by(NodeId id, std::string name, Op op, std::vector<NodeId> inputs) {
    LUTRA_TRY(const NodeId added, result_.add(std::move(name), std::move(op), std::move(inputs)));
    replace(id, added);
    return {};
}

Graph GraphRewriter::finish() && {
    for (const GraphOutput& output : source_.outputs()) {
        result_.add_output(output.name, now(output.node));
    }
    return without_unused(result_);
}

Graph without_unused(const Graph& graph) {
    std::vector<bool> is_used(graph.size(), false);
    for (const GraphOutput& output : graph.outputs()) {
        is_used[output.node.index] = true;
    }
    for (std::uint32_t i = graph.size(); i-- > 0;) {
        const Node& node = graph[NodeId{i}];
        is_used[i] = is_used[i] || node.op.info().is_real;
        for (const NodeId input : node.inputs) {
            is_used[input.index] = is_used[input.index] || is_used[i];
        }
    }
    if (std::ranges::find(is_used, false) == is_used.end()) {
        return graph;
    }
    Graph result;
    result.add_decisions_of(graph);
    std::vector<NodeId> now(graph.size());
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        if (!is_used[i]) {
            continue;
        }
        const Node& node = graph[NodeId{i}];
        std::vector<NodeId> inputs;
        for (const NodeId input : node.inputs) {
            inputs.push_back(now[input.index]);
        }
        now[i] = result.add_copy(node, std::move(inputs));
    }
    for (const GraphOutput& output : graph.outputs()) {
        result.add_output(output.name, now[output.node.index]);
    }
    return result;
}

}  // namespace lutra
