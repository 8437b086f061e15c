#include "lutra/import/keras/import_keras.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/import/archive.h"
#include "lutra/import/json.h"
#include "lutra/import/keras/model_importer.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

namespace {

constexpr std::string_view config_entry = "config.json";
constexpr std::string_view weights_entry = "model.weights.h5";

std::unexpected<Diagnostics> failed(Diagnostic problem) { return std::unexpected(Diagnostics{std::move(problem)}); }

/// The layers that a configuration names, if all of them can be imported.
Results<keras::ModelConfig> read_architecture(const Json& config, const std::string& place) {
    Diagnostics problems;
    auto model = keras::read_model_config(config, place, problems);
    if (model) {
        keras::check_classes(*model, place, problems);
    }
    if (!model || !problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    return *std::move(model);
}

/// What a file consists of, however it is packed.
struct Parts {
    keras::ModelConfig model;
    Hdf5File weights;
    std::string producer;
    std::string sha256;
};

Results<ImportedModel> import_parts(Parts parts, const std::filesystem::path& path, const ImportOptions& options, ModelFormat format) {
    const keras::WeightStore weights(std::move(parts.weights));
    const bool is_keras3 = !parts.producer.starts_with("Keras 2") && !parts.producer.starts_with("Keras 1");
    keras::Translation translation{.weights = weights, .options = options, .file = path.string(), .ops = builtin_ops(), .is_keras3 = is_keras3};
    keras::import_layers(translation, parts.model);
    if (any_fatal(translation.problems)) {
        return std::unexpected(std::move(translation.problems));
    }
    return ImportedModel{std::move(translation.graph), std::string(to_string(format)), std::move(parts.producer), std::move(parts.sha256)};
}

std::string version_of(const Json& version) { return version.string() == nullptr ? "Keras" : fmt::format("Keras {}", *version.string()); }

Hdf5Limits limits_of(const ImportOptions& options) { return {.max_elements = static_cast<std::uint64_t>(options.max_constant_elements)}; }

/// The weights that belong to a configuration: the named file, or the first that lies beside it.
Result<std::filesystem::path> find_weights(const std::filesystem::path& path, const ImportOptions& options) {
    if (!options.weights.empty()) {
        return options.weights;
    }
    const std::string stem = path.stem().string();
    for (const std::string& name : {stem + "_weights.h5", stem + ".weights.h5"}) {
        const std::filesystem::path candidate = path.parent_path() / name;
        std::error_code ignored;
        if (std::filesystem::is_regular_file(candidate, ignored)) {
            return candidate;
        }
    }
    return fail(DiagnosticId::KerasNoWeights, path.string(),
                fmt::format("this is the architecture of a model; its weights are not beside it ('{}_weights.h5')", stem), "give them with --weights FILE.h5");
}

}  // namespace

bool is_keras_archive(std::string_view bytes) {
    const auto archive = Archive::open(bytes, "");
    return archive && archive->contains(config_entry) && archive->contains(weights_entry);
}

Results<ImportedModel> import_keras_zip(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    const std::string place = path.string();
    const auto archive = Archive::open(bytes, place);
    if (!archive) {
        return failed(archive.error());
    }
    const auto config_text = archive->read(config_entry);
    const auto weight_bytes = archive->read(weights_entry);
    if (!config_text || !weight_bytes) {
        return failed(!config_text ? config_text.error() : weight_bytes.error());
    }
    auto config = parse_json(*config_text, fmt::format("{}: {}", place, config_entry));
    auto weights = read_hdf5(*weight_bytes, fmt::format("{}: {}", place, weights_entry), limits_of(options));
    if (!config || !weights) {
        return failed(!config ? config.error() : weights.error());
    }
    auto model = read_architecture(*config, place);
    if (!model) {
        return std::unexpected(std::move(model).error());
    }
    std::string producer = "Keras";
    if (const auto metadata = archive->contains("metadata.json") ? archive->read("metadata.json") : Result<std::string>("")) {
        const auto json = parse_json(*metadata, place);
        producer = json ? version_of((*json)["keras_version"]) : producer;
    }
    return import_parts({*std::move(model), *std::move(weights), std::move(producer), sha256_hex(bytes)}, path, options, ModelFormat::KerasZip);
}

Results<ImportedModel> import_keras_json(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    auto config = parse_json(bytes, path.string());
    if (!config) {
        return failed(std::move(config).error());
    }
    auto model = read_architecture(*config, path.string());
    if (!model) {
        return std::unexpected(std::move(model).error());
    }
    const auto weights_path = find_weights(path, options);
    if (!weights_path) {
        return failed(weights_path.error());
    }
    const auto weight_bytes = read_file(*weights_path, options.max_file_bytes);
    if (!weight_bytes) {
        return failed(weight_bytes.error());
    }
    auto weights = read_hdf5(*weight_bytes, weights_path->string(), limits_of(options));
    if (!weights) {
        return failed(std::move(weights).error());
    }
    std::string producer = version_of((*config)["keras_version"]);
    std::string sha256 = sha256_hex(std::string(bytes) + *weight_bytes);
    return import_parts({*std::move(model), *std::move(weights), std::move(producer), std::move(sha256)}, path, options, ModelFormat::KerasJson);
}

Results<ImportedModel> import_keras_h5(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    auto file = read_hdf5(bytes, path.string(), limits_of(options));
    if (!file) {
        return failed(std::move(file).error());
    }
    const std::string text = file->string_attribute("", "model_config");
    if (text.empty()) {
        return failed({DiagnosticId::KerasNoWeights, path.string(), "this HDF5 file holds weights only, no architecture of a model",
                       "give the architecture (model.to_json()) as MODEL and this file with --weights, or save the whole model"});
    }
    auto config = parse_json(text, fmt::format("{}: model_config", path.string()));
    if (!config) {
        return failed(std::move(config).error());
    }
    auto model = read_architecture(*config, path.string());
    if (!model) {
        return std::unexpected(std::move(model).error());
    }
    const std::string version = file->string_attribute("", "keras_version");
    std::string producer = version.empty() ? "Keras" : "Keras " + version;
    return import_parts({*std::move(model), *std::move(file), std::move(producer), sha256_hex(bytes)}, path, options, ModelFormat::Hdf5);
}

}  // namespace lutra
