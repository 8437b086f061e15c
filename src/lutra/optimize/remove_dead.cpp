#include "lutra/optimize/remove_dead.h"

#include "lutra/optimize/rebuild.h"

namespace lutra {

Circuit remove_dead(const Circuit& circuit) {
    const auto is_live = live_wires(circuit);
    CircuitRewriter rewriter(circuit);
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        if (is_live[i]) {
            rewriter.copy(Wire{i});
        }
    }
    return rewriter.finish();
}

}  // namespace lutra
