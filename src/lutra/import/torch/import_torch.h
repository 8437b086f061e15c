#pragma once

/// PyTorch: `.pt2` archives of torch.export (a zip with a JSON graph and raw weights). TorchScript and pickled modules are programs, which are
/// not run; they are refused with the lines of Python that export ONNX.

#include <string_view>

#include "lutra/import/import_model.h"

namespace lutra {

/// Imports the bytes of a torch.export archive. `path` names the file in diagnostics.
Results<ImportedModel> import_torch(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options = {});

/// Says what to do with a file that torch.save or torch.jit.save wrote: TorchPickled.
Diagnostic refuse_torch_pickle(std::string_view bytes, const std::filesystem::path& path);

}  // namespace lutra
