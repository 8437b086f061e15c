#pragma once

#include <filesystem>

#include "lutra/base/result.h"
#include "lutra/import/import_model.h"

namespace lutra {

/// Reads a model in any format that Lutra knows, its own text form included. Reports all problems of the file.
Results<ImportedModel> import_any(const std::filesystem::path& path);

}  // namespace lutra
