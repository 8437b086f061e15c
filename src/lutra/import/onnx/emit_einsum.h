#pragma once

#include "lutra/import/onnx/emit_elementwise.h"

namespace lutra::onnx {

/// Appends an einsum by the letters that the axes of the file's shapes have. The batch axes must have one letter, which the constants do not have
/// and the result has.
Result<Event> emit_einsum(NodeContext& context, std::span<const Operand> operands, std::vector<std::string> letters, std::string result_letters);

}  // namespace lutra::onnx
