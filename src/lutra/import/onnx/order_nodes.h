#pragma once

#include <vector>

#include "lutra/base/result.h"
#include "lutra/import/onnx/file_model.h"

namespace lutra::onnx {

/// Indices of the nodes that the outputs need, each behind those that it needs, in the file's order where there is a choice. Appends a problem
/// (OnnxInvalidGraph) for every name that is made twice, that nobody makes, and for a cycle. `dead` gets the nodes that no output needs.
std::vector<std::size_t> order_nodes(const FileModel& model, const std::string& file, Diagnostics& problems, std::vector<std::size_t>& dead);

}  // namespace lutra::onnx
