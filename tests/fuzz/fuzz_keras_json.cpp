// Any text as the configuration of a Keras model, with weights of a few layers beside it: diagnostics, or a graph with outputs.

#include "lutra/base/assert.h"
#include "lutra/import/json.h"
#include "lutra/import/keras/model_importer.h"
#include "lutra/ops/builtin_ops.h"

namespace {

/// Weights that many configurations fit: matrices and rows of four, under the names of either version.
lutra::Hdf5File some_weights() {
    lutra::Hdf5File file;
    file.groups.insert("layers");
    const lutra::Hdf5Numbers matrix{{4, 4}, std::vector<double>(16, 0.5), false, 4};
    const lutra::Hdf5Numbers row{{4}, {0.25, 1, -1, 2}, false, 4};
    for (const std::string layer : {"dense", "dense_1", "q_dense", "batch_normalization", "functional/layers/dense"}) {
        for (int i = 0; i < (layer == "batch_normalization" ? 4 : 2); ++i) {
            file.datasets.emplace("layers/" + layer + "/vars/" + std::to_string(i), i == 0 && layer != "batch_normalization" ? matrix : row);
        }
    }
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto json = parse_json(text, "fuzz.json", {.max_values = 1 << 14});
    if (!json) {
        return 0;
    }
    Diagnostics problems;
    const auto model = keras::read_model_config(*json, "fuzz.json", problems);
    if (model) {
        keras::check_classes(*model, "fuzz.json", problems);
    }
    if (!model || !problems.empty()) {
        LUTRA_ASSERT(any_fatal(problems));
        return 0;
    }
    static const keras::WeightStore weights(some_weights());
    ImportOptions options;
    options.max_event_elements = 1 << 10;
    keras::Translation translation{.weights = weights, .options = options, .file = "fuzz.json", .ops = builtin_ops()};
    keras::import_layers(translation, *model);
    LUTRA_ASSERT(any_fatal(translation.problems) || !translation.graph.outputs().empty());
    return 0;
}
