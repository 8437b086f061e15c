#pragma once

/// Element-wise layers of several operands: tensors of the event and constants, broadcast to each other.

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// A constant of the file, or a tensor of the event.
using Operand = std::variant<const Tensor*, Event>;

/// Fails for a constant of integers: numbers of the event are real, and ONNX has no arithmetic between types.
Result<void> check_real(const NodeContext& context, const Tensor& constant);

/// Input i of the node, which must be real, but for truth values where `allows_bool`.
Result<Operand> operand(NodeContext& context, std::size_t i, bool allows_bool = false);

/// Appends the op on the operands, of which one is a tensor of the event. Batch axes must meet; a constant has no extent along the batch.
Result<Event> emit_elementwise(NodeContext& context, std::string_view op, std::span<const Operand> operands);

/// The same on an event and a number.
Result<Event> emit_with_number(NodeContext& context, std::string_view op, const Event& x, double number);

}  // namespace lutra::onnx
