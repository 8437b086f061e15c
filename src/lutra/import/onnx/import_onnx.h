#pragma once

/// ONNX models: standard operators, QONNX (Quant, BipolarQuant, Trunc) and QCDQ (QuantizeLinear, Clip, DequantizeLinear).

#include <string_view>

#include "lutra/import/import_model.h"

namespace lutra {

/// Imports the bytes of an ONNX file. `path` names the file in diagnostics; external data are looked for in its folder, or refused when the
/// path is empty.
Results<ImportedModel> import_onnx(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options = {});

}  // namespace lutra
