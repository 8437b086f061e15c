#pragma once

#include <filesystem>
#include <optional>

#include "lutra/base/result.h"
#include "lutra/import/import_model.h"

namespace lutra {

/// What else than its path a user says of a model file.
struct ModelFile {
    std::filesystem::path weights;      ///< for files that hold an architecture only; may be empty
    std::optional<ModelFormat> format;  ///< instead of what the content says, which must not contradict it
};

/// Reads a model in any format that Lutra knows, its own text form included. Reports all problems of the file.
Results<ImportedModel> import_any(const std::filesystem::path& path, const ModelFile& file = {});

/// That what lies at `path` is `what`, and not of the format that the user gave.
Diagnostic wrong_format(const std::filesystem::path& path, std::string_view what, ModelFormat wanted);

}  // namespace lutra
