#include "lutra/map/schedule.h"

#include <algorithm>
#include <tuple>

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

namespace lutra {

std::optional<std::vector<int>> minimize_differences(const std::vector<std::int64_t>& weights, std::vector<DifferenceConstraint> constraints) {
    using Graph = lemon::StaticDigraph;
    std::ranges::sort(constraints, {}, [](const DifferenceConstraint& c) { return std::tuple(c.from, c.to, c.least); });
    std::vector<std::pair<int, int>> arcs;
    for (const DifferenceConstraint& constraint : constraints) {
        arcs.emplace_back(static_cast<int>(constraint.from), static_cast<int>(constraint.to));
    }
    Graph graph;
    graph.build(static_cast<int>(weights.size()), arcs.begin(), arcs.end());
    // The flow through an arc is the price of its constraint; a node takes in what its value weighs.
    Graph::ArcMap<std::int64_t> cost(graph);
    Graph::NodeMap<std::int64_t> supply(graph);
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        cost[graph.arc(static_cast<int>(i))] = -constraints[i].least;
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
        supply[graph.node(static_cast<int>(i))] = -weights[i];
    }
    lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
    simplex.costMap(cost).supplyMap(supply);
    if (simplex.run() != lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>::OPTIMAL) {
        return std::nullopt;
    }
    std::vector<int> values;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        values.push_back(static_cast<int>(-simplex.potential(graph.node(static_cast<int>(i)))));
    }
    return values;
}

}  // namespace lutra
