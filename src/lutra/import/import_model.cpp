#include "lutra/import/import_model.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/import/keras/import_keras.h"
#include "lutra/import/onnx/import_onnx.h"
#include "lutra/import/sklearn/import_skops.h"
#include "lutra/import/torch/import_torch.h"

namespace lutra {

namespace {

std::unexpected<Diagnostics> unknown_format(const std::filesystem::path& path, std::optional<ModelFormat> format) {
    const std::string what =
        format ? fmt::format("this is {}, which has no importer", to_string(*format)) : std::string("the content is no model that Lutra knows");
    return std::unexpected(Diagnostics{{DiagnosticId::UnknownModelFormat, path.string(), what, "convert the model to ONNX"}});
}

/// A folder that TensorFlow's SavedModel format is, or the graph in it.
bool is_saved_model(const std::filesystem::path& path) {
    constexpr std::string_view graph_file = "saved_model.pb";
    std::error_code ignored;
    return path.filename() == graph_file || std::filesystem::exists(path / graph_file, ignored);
}

}  // namespace

Results<ImportedModel> import_model(const std::filesystem::path& path, const ImportOptions& options) {
    if (is_saved_model(path)) {
        return std::unexpected(
            Diagnostics{{DiagnosticId::KerasSavedModel, path.string(), "this is a SavedModel, a program of TensorFlow operations",
                         "convert it: python -m tf2onnx.convert --saved-model FOLDER --output model.onnx; or save the Keras model as .keras"}});
    }
    auto bytes = read_file(path, options.max_file_bytes);
    if (!bytes) {
        return std::unexpected(Diagnostics{std::move(bytes).error()});
    }
    const auto format = options.format ? options.format : detect_format(*bytes);
    switch (format.value_or(ModelFormat::LutraText)) {
        case ModelFormat::Onnx: return import_onnx(*bytes, path, options);
        case ModelFormat::KerasZip: return import_keras_zip(*bytes, path, options);
        case ModelFormat::KerasJson: return import_keras_json(*bytes, path, options);
        case ModelFormat::Hdf5: return import_keras_h5(*bytes, path, options);
        case ModelFormat::TorchExport: return import_torch(*bytes, path, options);
        case ModelFormat::TorchPickle: return std::unexpected(Diagnostics{refuse_torch_pickle(*bytes, path)});
        case ModelFormat::Skops: return import_skops(*bytes, path, options);
        case ModelFormat::Pickle: return std::unexpected(Diagnostics{refuse_pickle(path)});
        case ModelFormat::LutraText: return unknown_format(path, format);
    }
    LUTRA_UNREACHABLE("model format");
}

}  // namespace lutra
