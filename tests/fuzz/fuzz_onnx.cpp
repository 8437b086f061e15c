// Any bytes as an ONNX file: every problem has a message, or the graph prints and parses back.

#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/import/onnx/import_onnx.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    static const OpRegistry registry = builtin_ops();
    ImportOptions options;
    options.max_event_elements = 256;
    options.max_constant_elements = 4096;
    options.max_products = 4096;
    const auto model = import_onnx({reinterpret_cast<const char*>(data), size}, {}, options);
    if (!model) {
        LUTRA_ASSERT(any_fatal(model.error()));
        for (const Diagnostic& problem : model.error()) {
            LUTRA_ASSERT(!problem.message.empty() && !to_string(problem).empty());
        }
        return 0;
    }
    const auto again = parse_graph(print(model->graph), "printed", registry);
    LUTRA_ASSERT(again && *again == model->graph);
    return 0;
}
