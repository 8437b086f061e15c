#pragma once

/// A float model gets types.

#include "lutra/base/result.h"
#include "lutra/ir/graph.h"
#include "lutra/quantize/precision_lookup.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// The graph whose layers get the types of a spec: batch normalisations that the spec does not name are folded into the dense layers beside them.
/// Fails where the spec means nothing in the graph.
Results<Graph> prepare_graph(const Graph& graph, const PrecisionSpec& spec);

/// The name of the Quantize that stands behind a layer.
std::string result_name(std::string_view layer_name);

/// Gives a prepared graph the types that are given; variables that are `auto` or `exact` stay as they are.
Results<Graph> apply_given_types(const Graph& prepared, const PrecisionLookup& lookup);

/// Prepares the graph and gives its layers types: constants are rounded by value, and a Quantize stands behind each result that has a type and that
/// the type would change. Accumulation stays exact.
///
/// A type of the whole model means what it means in hls4ml: weights, biases and results, TRN and WRAP unless written otherwise; ops that only move
/// elements, and indices, keep their types. A sigmoid, tanh or softmax becomes as exact as its result's type can show. Inputs are rounded half to even and
/// saturated unless the spec writes the modes. In a model that quantises by itself a type of the whole model holds only for inputs that no Quantize follows.
///
/// Every rounded constant tensor is recorded as a decision with its largest error, and as a PrecisionOutOfRange when values wrapped around.
/// An empty spec gives the graph as it is.
Results<Graph> apply_precision(const Graph& graph, const PrecisionSpec& spec);

}  // namespace lutra
