#pragma once

/// The text form of graphs: can be read, compared line by line, and parsed back to an equal graph.
///
///     lutra graph 1
///     %0 = input "x" { shape = [2] }                    # 2 real
///     %1 = quantize "q" (%0) { scale = 0.0625, width = 8.0, signed = 1.0, rounding = "RND_CONV" }
///     %2 = dense "fc1" (%1) { weights = tensor [2, 1] { 0.5 -1.25 }, bias = 0.125 }
///     output "y" = %2
///
/// Attributes that are not named keep their defaults; types are inferred, those behind `#` are for readers. Numbers are the shortest
/// decimals that give the same double; `inf` and `-inf` are numbers too.

#include <string>
#include <string_view>

#include "lutra/base/result.h"
#include "lutra/ir/graph.h"
#include "lutra/ir/op_registry.h"

namespace lutra {

/// Prints a graph, one layer per line. Decisions are printed as comments.
std::string print(const Graph& graph);

/// What parse_graph accepts at most; beyond it the text is refused with TextTooDeep.
struct GraphTextLimits {
    std::size_t num_nodes = max_nodes;
    std::size_t num_values = std::size_t{1} << 26;      ///< numbers in all tensors and lists together
    std::int64_t num_elements = std::int64_t{1} << 26;  ///< elements of what all layers compute together
};

/// Parses what `print` prints and what people write like it. Nodes are numbered from 0 in their order; names are unique. `file_name` names
/// the place in diagnostics: TextSyntax, TextUnknownName (ops and nodes), and TextInvalidGraph for what the layers do not accept.
Result<Graph> parse_graph(std::string_view text, std::string_view file_name, const OpRegistry& registry, const GraphTextLimits& limits = {});

}  // namespace lutra
