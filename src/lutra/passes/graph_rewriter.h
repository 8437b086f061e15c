#pragma once

/// What every pass is made of: a graph copied node by node into a new one, in which some nodes are replaced.

#include <optional>
#include <string>
#include <vector>

#include "lutra/ir/graph.h"

namespace lutra {

/// Builds the graph that replaces `source`. Every node of the source is copied or replaced, in order; then finish() adds the outputs.
class GraphRewriter {
public:
    explicit GraphRewriter(const Graph& source);

    const Graph& result() const { return result_; }
    /// The node of the new graph that stands for a node of the source.
    NodeId now(NodeId id) const { return now_[id.index].value(); }
    /// Those of all inputs of a node.
    std::vector<NodeId> inputs_of(const Node& node) const;
    /// Copies a node; the type is inferred anew only if those of its inputs have changed.
    Result<void> copy(NodeId id);
    /// Puts a node of the new graph in the place of one of the source.
    void replace(NodeId id, NodeId replacement) { now_[id.index] = replacement; }
    /// Appends another layer and puts it in the place of a node.
    Result<void> replace_by(NodeId id, std::string name, Op op, std::vector<NodeId> inputs);
    /// The new graph with the outputs of the source, without nodes that no output needs. Inputs of the model stay.
    Graph finish() &&;

private:
    const Graph& source_;
    Graph result_;
    std::vector<std::optional<NodeId>> now_;
};

/// The graph without nodes that no output needs; inputs of the model stay.
Graph without_unused(const Graph& graph);

}  // namespace lutra
