#pragma once

#include "lutra/ir/graph.h"

namespace lutra {

///     op(constant, ...) => constant, when every element of the exact result is a double
///
/// The result is that of the lowered op, so nothing changes. Constants of the original graph that nothing reads any more vanish.
Result<Graph> fold_constants(const Graph& graph);

}  // namespace lutra
