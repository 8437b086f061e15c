#pragma once

#include <string_view>
#include <vector>

#include "lutra/ir/graph.h"

namespace lutra {

/// A pass: builds an equal but simpler graph. Types of nodes may become narrower, values never change.
struct GraphPass {
    std::string_view name;
    Result<Graph> (*run)(const Graph& graph);
};

/// All passes, in the order in which the pipeline runs them.
std::vector<GraphPass> graph_passes();

/// Runs all passes in order, again and again until nothing changes.
Result<Graph> run_passes(const Graph& graph);

}  // namespace lutra
