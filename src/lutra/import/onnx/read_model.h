#pragma once

#include <string_view>

#include "lutra/import/import_model.h"
#include "lutra/import/onnx/file_model.h"
#include "lutra/import/onnx/read_tensor.h"

namespace lutra::onnx {

/// Parses the bytes of an ONNX file. Fails with OnnxNotParsed when they are none; problems of single tensors are appended to `problems`, and
/// the rest of the file is read on.
Result<FileModel> read_model(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options, ConstantBudget& budget,
                             Diagnostics& problems);

}  // namespace lutra::onnx
