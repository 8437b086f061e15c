#pragma once

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// Gives an event another shape of the file, with `batch_extent` where the batch is. Appends a layer only where the event's own shape changes.
Result<Event> emit_reshape(NodeContext& context, const Event& input, const Shape& full_shape);

/// Axes of Squeeze and Unsqueeze: the attribute of old files or input 1 of new ones; nothing if there is neither.
Result<std::optional<std::vector<std::int64_t>>> axes_of(NodeContext& context);

/// Resolves 0 and -1 in the target of a Reshape for a tensor without batch.
Result<Shape> resolved_target(NodeContext& context, const Shape& source, Shape target, bool allows_zero);

}  // namespace lutra::onnx
