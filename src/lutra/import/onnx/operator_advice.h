#pragma once

#include <optional>
#include <string_view>

namespace lutra::onnx {

/// What comes nearest to an operator of ONNX, its machine-learning part or QONNX that has no handler, or that is only folded; nothing for one that nobody
/// knows.
std::optional<std::string_view> nearest_to(std::string_view op_type);

}  // namespace lutra::onnx
