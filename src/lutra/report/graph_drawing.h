#pragma once

#include <string>
#include <string_view>

#include "lutra/ir/graph.h"

namespace lutra {

/// Text that is safe in XML.
std::string escaped_for_xml(std::string_view text);

/// The graph in Graphviz' language, top to bottom, one box per layer.
std::string to_dot(const Graph& graph);

/// The graph as a picture: one box per layer in rows by depth, edges between them.
std::string to_svg(const Graph& graph);

}  // namespace lutra
