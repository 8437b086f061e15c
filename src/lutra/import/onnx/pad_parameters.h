#pragma once

#include <utility>
#include <vector>

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// What a Pad of constants does: `widths` new indices before and behind each of `axes`, all of one value.
struct PadParameters {
    std::vector<int> axes;  ///< of the file's shape
    std::vector<std::pair<std::int64_t, std::int64_t>> widths;
    double value = 0;
};

/// The parameters of a Pad on a tensor of this rank, from attributes of old files or inputs of new ones.
Result<PadParameters> pad_parameters(NodeContext& context, std::size_t rank);

}  // namespace lutra::onnx
