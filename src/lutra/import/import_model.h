#pragma once

/// Models from files: any supported format becomes a graph, or every reason why it cannot.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "lutra/base/result.h"
#include "lutra/import/format.h"
#include "lutra/ir/graph.h"

namespace lutra {

/// How a model is read. The limits keep hostile files from taking the machine; they are far above what fits on a device.
struct ImportOptions {
    std::optional<ModelFormat> format;               ///< overrides what the content says
    std::filesystem::path weights;                   ///< the weights of a model whose file has none: Keras json
    std::optional<bool> has_batch_axis;              ///< whether the first axis of every input is the batch; else: if it has two axes or more
    std::uint64_t max_file_bytes = 1ULL << 30;       ///< of the model file, and of each file of external data
    std::int64_t max_event_elements = 1LL << 20;     ///< of one tensor of one event
    std::int64_t max_constant_elements = 1LL << 26;  ///< of all constants together, computed ones too
    std::int64_t max_products = 1LL << 26;           ///< weights times positions of one layer
};

/// A model as a graph. What was decided on the way is in `graph.decisions()`.
struct ImportedModel {
    Graph graph;
    std::string format;    ///< such as "ONNX"
    std::string producer;  ///< the program that wrote the file, as the file says; may be empty
    std::string sha256;    ///< of the model file
};

/// Reads a model. On failure all problems of the file are reported at once, in the order of the file.
Results<ImportedModel> import_model(const std::filesystem::path& path, const ImportOptions& options = {});

}  // namespace lutra
