#pragma once

/// ONNX models: standard operators, QONNX (Quant, BipolarQuant, Trunc) and QCDQ (QuantizeLinear, Clip, DequantizeLinear).

#include <string_view>

#include "lutra/import/import_model.h"

namespace lutra {

/// Imports the bytes of an ONNX file. `path` names the file in diagnostics; external data are looked for in its folder, or refused when the
/// path is empty.
Results<ImportedModel> import_onnx(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options = {});

namespace onnx {
struct FileModel;
struct ConstantBudget;
}  // namespace onnx

/// Makes the graph of a model that is spelled in ONNX operators, whatever file it comes from. `problems` are those found while it was read; on
/// failure they come first.
Results<Graph> import_file_model(const onnx::FileModel& model, const std::filesystem::path& path, const ImportOptions& options, onnx::ConstantBudget& budget,
                                 Diagnostics problems);

}  // namespace lutra
