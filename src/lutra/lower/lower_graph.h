#pragma once

/// From a graph to the one circuit that it means: the `parallel` layout, a new event every cycle.

#include <string>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/ir/graph.h"
#include "lutra/ops/quantize.h"

namespace lutra {

/// Where the values of one input port come from: a Quantize of real values.
struct InputBinding {
    std::string port;
    NodeId quantize;                          ///< the node whose exact values enter the circuit
    std::vector<Quantize::Element> elements;  ///< one per element of the port: how a real value becomes its raw integer
};

/// What one layer became.
struct LoweredLayer {
    NodeId node;
    double error_bound = 0;  ///< stated by the op: largest difference to its mathematics, for the same input
};

/// A graph's circuit, and how it hangs together with the graph.
struct LoweredGraph {
    Circuit circuit;
    std::vector<InputBinding> inputs;  ///< one per input port, in order
    std::vector<LoweredLayer> layers;  ///< every exact node, in order
    std::vector<NodeId> host_nodes;    ///< real nodes between an input and its Quantize: evaluated in doubles before the circuit
};

/// Lowers a graph in which a Quantize stands behind every input. Reports every layer that has no exact meaning.
/// Real element-wise preprocessing before the first Quantize stays on the host and is listed in `host_nodes`.
Results<LoweredGraph> lower_graph(const Graph& graph);

}  // namespace lutra
