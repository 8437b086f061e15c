#pragma once

/// The reference mathematics of ops on many events at once: fast for what networks are made of, the op's own reference otherwise.

#include <span>
#include <vector>

#include "lutra/ir/graph.h"

namespace lutra {

/// Values of one tensor for many events.
struct Batch {
    std::size_t num_elements = 0;  ///< per event
    bool is_constant = false;      ///< the same for every event: `values` holds them once
    std::vector<double> values;    ///< event-major, each event row-major

    /// The values of one event.
    std::span<const double> event(std::size_t index) const { return {values.data() + (is_constant ? 0 : index * num_elements), num_elements}; }

    friend bool operator==(const Batch&, const Batch&) = default;
};

/// The op on all events. Gives the same doubles as the op's reference, whatever the number of threads.
Batch evaluate_batch(const Op& op, std::span<const Batch* const> inputs, std::span<const Shape> input_shapes, std::size_t num_events, int num_threads);

/// The value of every node, given those of the graph's inputs in order.
std::vector<Batch> evaluate_batch(const Graph& graph, std::vector<Batch> inputs, std::size_t num_events, int num_threads);

/// Shapes of the inputs of a node.
std::vector<Shape> input_shapes(const Graph& graph, const Node& node);

}  // namespace lutra
