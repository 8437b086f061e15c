#pragma once

/// hls4ml's configuration (`config.yml`, or its dict as JSON) as precision specs.

#include <string>
#include <string_view>

#include "lutra/base/result.h"
#include "lutra/ir/graph.h"
#include "lutra/quantize/precision_spec.h"

namespace lutra {

/// What a configuration says that means something here, and notes (Hls4mlIgnored) on what does not.
struct Hls4mlConfig {
    PrecisionSpec spec;
    Diagnostics notes;
};

/// Reads `HLSConfig` with `Model`, `LayerType` and `LayerName`: their `Precision`, a type or one for each variable. `default` is all variables of a
/// layer; a result that is `auto` keeps every bit, weights and biases that are `auto` keep what holds for the model. `NAME_linear`, the activation that
/// hls4ml puts behind a layer without one, is the result of NAME. Strategy, ReuseFactor and the rest have no meaning in a circuit that is fully
/// parallel and exact; names of layers that the graph does not have are notes, too.
///
/// Fails with Hls4mlConfigInvalid, for all that cannot be read; `place` names the file. The text may be 1 MB long.
Results<Hls4mlConfig> parse_hls4ml_config(std::string_view text, const std::string& place, const Graph& graph);

}  // namespace lutra
