#pragma once

/// scikit-learn: `.skops` files (a zip with a JSON schema and .npy arrays). Pickles would run code when loaded and are refused.

#include <string_view>

#include "lutra/import/import_model.h"

namespace lutra {

/// Imports the bytes of a skops file: a classifier gives its probabilities or decision function, a regressor its prediction; scalers and PCA may
/// stand in front in a pipeline. `path` names the file in diagnostics.
Results<ImportedModel> import_skops(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options = {});

/// Says what to do instead of giving Lutra a pickle: PickleRefused.
Diagnostic refuse_pickle(const std::filesystem::path& path);

}  // namespace lutra
