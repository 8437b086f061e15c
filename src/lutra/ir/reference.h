#pragma once

/// The mathematics of a graph in doubles: for calibration, for accuracy "in float" and for tests. Never part of an exact result.

#include <span>
#include <vector>

#include "lutra/ir/graph.h"

namespace lutra {

/// The value of every node, given those of the inputs in order.
std::vector<RealTensor> evaluate_reference(const Graph& graph, std::span<const RealTensor> inputs);

}  // namespace lutra
