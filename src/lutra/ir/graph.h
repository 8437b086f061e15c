#pragma once

/// Graphs of layer ops: what a model file says, before it becomes a circuit.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/layer_op.h"

namespace lutra {

/// A node of a graph, which is also its one output value.
struct NodeId {
    std::uint32_t index = 0;

    friend bool operator==(const NodeId&, const NodeId&) = default;
    friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

/// One layer: an op, where its inputs come from, and the type of what it makes.
struct Node {
    std::string name;  ///< the user's own name of the layer; unique in the graph
    Op op;
    std::vector<NodeId> inputs;
    TensorType type;
};

/// A value that the model gives to the outside.
struct GraphOutput {
    std::string name;
    NodeId node;

    friend bool operator==(const GraphOutput&, const GraphOutput&) = default;
};

/// The largest number of nodes that a graph may have.
inline constexpr std::size_t max_nodes = 1U << 20;

/// An acyclic list of nodes: inputs stand before their users. Nodes are appended, never changed; a pass builds a new graph.
class Graph {
public:
    std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
    const Node& operator[](NodeId id) const { return nodes_[id.index]; }
    std::span<const Node> nodes() const { return nodes_; }
    const std::vector<GraphOutput>& outputs() const { return outputs_; }
    /// The graph's inputs in order.
    std::vector<NodeId> inputs() const;
    std::optional<NodeId> find(std::string_view name) const;
    /// How many nodes and outputs read each node.
    std::vector<int> use_counts() const;

    /// Appends a node and infers its type. A name that is taken gets a number behind it.
    Result<NodeId> add(std::string name, Op op, std::vector<NodeId> inputs);
    /// Appends a node whose type is known because an equal node on inputs of the same types has it: what a pass copies.
    NodeId add_copy(const Node& node, std::vector<NodeId> inputs);
    void add_output(std::string name, NodeId node) { outputs_.push_back({std::move(name), node}); }

    /// What was decided while the graph was made, for the report: notes and warnings.
    const Diagnostics& decisions() const { return decisions_; }
    void add_decision(Diagnostic decision);
    /// Replaces all decisions.
    void set_decisions(Diagnostics decisions) { decisions_ = std::move(decisions); }
    /// Takes over the decisions of the graph that this one is made from.
    void add_decisions_of(const Graph& other) { decisions_ = other.decisions_; }

private:
    std::string unique_name(std::string name) const;

    std::vector<Node> nodes_;
    std::vector<GraphOutput> outputs_;
    Diagnostics decisions_;
    std::map<std::string, std::uint32_t, std::less<>> index_of_name_;
};

/// Equality of nodes and outputs; decisions are not compared.
bool operator==(const Graph& a, const Graph& b);

}  // namespace lutra
