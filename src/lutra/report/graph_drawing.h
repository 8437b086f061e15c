#pragma once

#include <string>

#include "lutra/ir/graph.h"

namespace lutra {

/// The graph in Graphviz' language, top to bottom, one box per layer.
std::string to_dot(const Graph& graph);

/// The graph as a picture: one box per layer in rows by depth, edges between them.
std::string to_svg(const Graph& graph);

}  // namespace lutra
