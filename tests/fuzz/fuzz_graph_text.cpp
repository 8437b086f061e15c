// Any text: parse_graph says what is wrong with it, or gives a graph that prints and parses back.

#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    static const OpRegistry registry = builtin_ops();
    const GraphTextLimits limits{.num_nodes = 100, .num_values = 10000, .num_elements = 1 << 20};
    const auto graph = parse_graph({reinterpret_cast<const char*>(data), size}, "fuzz", registry, limits);
    if (!graph) {
        LUTRA_ASSERT(!to_string(graph.error()).empty());
        return 0;
    }
    const std::string printed = print(*graph);
    const auto again = parse_graph(printed, "printed", registry);
    LUTRA_ASSERT(again && print(*again) == printed);
    return 0;
}
