#pragma once

#include "lutra/ir/graph.h"

namespace lutra {

/// Moves clamps behind or into the quantisers that follow them, so that they work on few bits and never on a value whose scale is no power
/// of two. A saturating quantiser Q is monotone, which makes these exact:
///
///     quantize(relu(x)) => quantize'(x), when it saturates and has zero_point = 0;
///                          quantize' is unsigned, a signed one loses its sign bit
///     quantize(relu(x)) => quantize(x), when it saturates and no value of its range is negative
///     quantize(clip(x, min, max)) => clip(quantize(x), Q(min), Q(max)), when it saturates and is the same for all elements;
///                          bounds outside of its range vanish
Result<Graph> commute_quantize(const Graph& graph);

}  // namespace lutra
