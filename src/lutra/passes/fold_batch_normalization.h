#pragma once

/// Batch normalisation becomes part of the weights of the fully connected layer beside it.

#include <functional>

#include "lutra/base/result.h"
#include "lutra/ir/graph.h"

namespace lutra {

/// Says whether a normalisation may become part of a dense layer.
using MayFold = std::function<bool(const Node& normalization, const Node& dense)>;

/// With f = scale / sqrt(variance + epsilon) and s = bias - mean * f per channel of the last axis:
///
///     f * (x * W + b) + s     => x * (W * f) + (b * f + s),         when nothing else reads the dense layer
///     (f * x + s) * W + b     => x * (f * W) + (s * W + b),         when nothing else reads the normalisation
///
/// in doubles, so only for real layers, and not in a graph that quantises by itself: its weights are on a grid that folding would leave.
/// Each fold is recorded as a decision.
Result<Graph> fold_batch_normalization(const Graph& graph, const MayFold& may_fold = {});

}  // namespace lutra
