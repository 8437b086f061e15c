// Any text as a configuration of hls4ml for a small net: every problem has a message, or the types are a spec that prints.

#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"
#include "lutra/ops/relu.h"
#include "lutra/quantize/apply_precision.h"
#include "lutra/quantize/hls4ml_config.h"

namespace {

lutra::Graph small_net() {
    using namespace lutra;
    Graph graph;
    const NodeId x = graph.add("x", Input{{2}}, {}).value();
    const NodeId fc1 = graph.add("fc1", Dense{RealTensor({2, 2}, {0.5, -1.25, 0.75, 2}), RealTensor({2}, {0.5, -0.5})}, {x}).value();
    const NodeId relu = graph.add("relu", Relu{}, {fc1}).value();
    graph.add_output("y", graph.add("fc2", Dense{RealTensor({2, 1}, {1.5, -0.25}), 0.0}, {relu}).value());
    return graph;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    static const Graph graph = small_net();
    const auto config = parse_hls4ml_config({reinterpret_cast<const char*>(data), size}, "fuzz", graph);
    if (!config) {
        LUTRA_ASSERT(!config.error().empty() && !to_string(config.error()[0]).empty());
        return 0;
    }
    for (const Diagnostic& note : config->notes) {
        LUTRA_ASSERT(!to_string(note).empty());
    }
    const auto typed = apply_precision(graph, config->spec);
    LUTRA_ASSERT(typed || !typed.error().empty());
    return 0;
}
