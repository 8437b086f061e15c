#pragma once

#include "lutra/import/import_model.h"

namespace lutra {

/// Reads a `.keras` archive of Keras 3: configuration and weights in one zip.
Results<ImportedModel> import_keras_zip(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options);

/// Reads the architecture of a Keras model; its weights are in `options.weights`, or beside it in NAME_weights.h5 or NAME.weights.h5.
Results<ImportedModel> import_keras_json(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options);

/// Reads a whole model in HDF5, as `model.save("model.h5")` writes it.
Results<ImportedModel> import_keras_h5(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options);

/// True when a zip archive is a `.keras` file.
bool is_keras_archive(std::string_view bytes);

}  // namespace lutra
