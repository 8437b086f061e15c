#include "lutra/passes/pipeline.h"

#include "lutra/passes/commute_quantize.h"
#include "lutra/passes/fold_constants.h"
#include "lutra/passes/graph_rewriter.h"
#include "lutra/passes/remove_no_ops.h"

namespace lutra {

std::vector<GraphPass> graph_passes() {
    return {
        {"remove_no_ops", remove_no_ops},
        {"fold_constants", fold_constants},
        {"commute_quantize", commute_quantize},
    };
}

Result<Graph> run_passes(const Graph& graph) {
    Graph current = without_unused(graph);
    // Every change removes a node, folds one, or moves a quantiser towards the inputs, so this ends; the count only guards against a bug.
    const std::size_t most_rounds = 2 * graph.size() + 2;
    for (std::size_t round = 0; round < most_rounds; ++round) {
        Graph next = current;
        for (const GraphPass& pass : graph_passes()) {
            LUTRA_TRY(next, pass.run(next));
        }
        if (next == current) {
            return current;
        }
        current = std::move(next);
    }
    LUTRA_UNREACHABLE("passes change the graph for ever");
}

}  // namespace lutra
