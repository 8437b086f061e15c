#pragma once

#include "lutra/ir/graph.h"

namespace lutra {

///     quantize(quantize(x)) => quantize(x), when both are the same
///     relu(relu(x)) => relu(x)
///     clip(x, -inf, inf) => x
///     reshape(reshape(x)) => reshape(x), and the same for flatten
///     reshape(x) => x, when x has the shape already; the same for flatten
///     transpose(transpose(x)) => transpose(x), with the permutations joined
///     transpose(x) => x, when no axis moves
///     slice(x) => x, when everything is taken in its order
///     concat(x) => x
Result<Graph> remove_no_ops(const Graph& graph);

}  // namespace lutra
