// Any bytes as a .keras archive: diagnostics, or a graph with outputs.

#include "lutra/base/assert.h"
#include "lutra/import/keras/import_keras.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    ImportOptions options;
    options.max_event_elements = 1 << 10;
    options.max_constant_elements = 1 << 16;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto model = import_keras_zip(bytes, "fuzz.keras", options);
    LUTRA_ASSERT(model ? !model->graph.outputs().empty() : any_fatal(model.error()));
    return 0;
}
