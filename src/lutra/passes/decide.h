#pragma once

#include "lutra/ir/graph.h"

namespace lutra {

/// Replaces every output of class scores by the index of the largest score. Final ops that keep the order of scores are dropped first:
///
///     argmax(f(x)) => argmax(x), when f is softmax or log_softmax along the last axis
///     argmax(f(x)) => argmax(x), when f is exp, log, sqrt, erf, sigmoid, softplus, softsign or tanh
///     argmax(leaky_relu(x)) => argmax(x), when alpha > 0
///     argmax(elu(x)) => argmax(x), when alpha > 0
///
/// Where rounding, a limit or the end of a domain would have made two scores equal, the larger exact one wins; among equal ones the lowest index. Fails with
/// UnsupportedDecision when an output has no axis of at least two scores. What was dropped is added to the decisions.
Result<Graph> decide_argmax(const Graph& graph);

}  // namespace lutra
