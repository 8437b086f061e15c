#pragma once

#include <filesystem>

#include "lutra/base/result.h"
#include "lutra/import/import_model.h"

namespace lutra {

/// Reads a model in any format that Lutra knows, its own text form included. `weights` is for files that hold an architecture only; it may be
/// empty. Reports all problems of the file.
Results<ImportedModel> import_any(const std::filesystem::path& path, const std::filesystem::path& weights = {});

}  // namespace lutra
