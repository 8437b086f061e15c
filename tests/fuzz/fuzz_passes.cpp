// Any circuit: each pass of optimize/ gives one that computes the same on random events, and the proof of that never finds a difference.

#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"
#include "lutra/optimize/compose_tables.h"
#include "lutra/optimize/delay_clamps.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/join_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/share_sums.h"
#include "lutra/optimize/subtract_score.h"
#include "lutra/prove/prove_passes.h"

namespace {

using namespace lutra;

constexpr std::size_t num_events = 16;

bool has_registers(const Circuit& circuit) {
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        if (circuit[wire].kind == PrimitiveKind::Register) {
            return true;
        }
    }
    return false;
}

/// Both circuits give the same for the events, and no proof says otherwise.
void compare(const Circuit& before, const Circuit& after, std::span<const Integer> events) {
    const std::size_t per_event = events.size() / num_events;
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto inputs = events.subspan(event * per_event, per_event);
        LUTRA_ASSERT(evaluate_scalar(before, inputs) == evaluate_scalar(after, inputs));
    }
    LUTRA_ASSERT(!prove_passes(before, after).counterexample);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto circuit =
        parse_circuit(text, "fuzz", {.num_primitives = 60, .num_table_entries = 300, .num_port_elements = 60, .num_scanned_entries = 1U << 14});
    if (!circuit || has_registers(*circuit)) {
        return 0;
    }
    const std::vector<Integer> events = random_inputs(*circuit, num_events, size);
    const auto check = [&](const Circuit& after) { compare(*circuit, after, events); };
    check(remove_dead(*circuit));
    check(delay_clamps(*circuit));
    check(join_sums(*circuit));
    check(share_sums(*circuit));
    check(share_sums(*circuit, {.derives_columns = false}));
    check(subtract_score(remove_dead(*circuit)));
    check(compose_tables(*circuit, [](const Circuit& sample) { return static_cast<int>(sample.size()); }));
    check(expand_sums(*circuit, {.share_terms = false}));
    const Circuit expanded = expand_sums(*circuit);
    check(expanded);
    check(pipeline_for_stages(expanded, [](const Circuit&, Wire) { return 1.0; }, 2));
    return 0;
}
