#pragma once

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// What a Slice takes along one axis; start and end as the file has them.
struct SliceRange {
    int axis = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t step = 1;
};

/// The ranges of a Slice on a tensor of this rank, from attributes (before opset 10) or inputs.
Result<std::vector<SliceRange>> slice_ranges(NodeContext& context, std::size_t rank);

}  // namespace lutra::onnx
