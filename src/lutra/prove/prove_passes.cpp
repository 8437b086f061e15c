#include "lutra/prove/prove_passes.h"

#include <algorithm>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/latency.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/prove/normal_form.h"

namespace lutra {

namespace {

std::vector<FixedPointType> types_of(const Circuit& circuit, const std::vector<Port>& ports) {
    std::vector<FixedPointType> types;
    for (const Wire wire : flat_wires(ports)) {
        types.push_back(circuit.type(wire));
    }
    return types;
}

/// A pass may find that an input takes fewer values only if it does not: the intervals are part of the question.
bool has_same_inputs(const Circuit& a, const Circuit& b) {
    const std::vector<Wire> left = flat_wires(a.inputs());
    const std::vector<Wire> right = flat_wires(b.inputs());
    return std::ranges::equal(left, right, [&](Wire x, Wire y) { return a.type(x) == b.type(y) && a.interval(x) == b.interval(y); });
}

std::optional<Counterexample> try_events(const Circuit& before, const Circuit& after) {
    constexpr std::size_t num_events = 2000;
    const std::size_t per_event = flat_wires(before.inputs()).size();
    const std::vector<Integer> events = random_inputs(before, num_events, 1);
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto inputs = std::span(events).subspan(event * per_event, per_event);
        const std::vector<Integer> expected = evaluate_scalar(before, inputs);
        const std::vector<Integer> found = evaluate_scalar(after, inputs);
        const auto [left, right] = std::ranges::mismatch(expected, found);
        if (left != expected.end()) {
            return Counterexample{{inputs.begin(), inputs.end()}, static_cast<std::size_t>(left - expected.begin()), *left, *right};
        }
    }
    return std::nullopt;
}

/// Where outputs are left, both are looked at again: each may know ranges that the other does not.
void prove_outputs(PassesProof& proof, const Circuit& before, const Circuit& after) {
    constexpr int num_rounds = 2;
    NormalForms forms;
    const std::vector<Wire> left = flat_wires(before.outputs());
    const std::vector<Wire> right = flat_wires(after.outputs());
    for (int round = 0; round < num_rounds && (round == 0 || proof.outputs < proof.all_outputs); ++round) {
        const std::vector<LinearForm> expected = forms.of(before);
        const std::vector<LinearForm> found = forms.of(after);
        proof.outputs = 0;
        proof.layer = "";
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (expected[left[i].index] == found[right[i].index]) {
                ++proof.outputs;
            } else if (proof.layer.empty()) {
                proof.layer = before.origin(left[i]);
            }
        }
    }
}

}  // namespace

PassesProof prove_passes(const Circuit& before, const Circuit& after) {
    PassesProof proof;
    proof.all_outputs = static_cast<std::int64_t>(flat_wires(before.outputs()).size());
    if (!has_same_inputs(before, after) || types_of(before, before.outputs()) != types_of(after, after.outputs())) {
        proof.problem = "the ports differ";
        return proof;
    }
    if (const auto wire = check_balanced(after)) {
        proof.problem = "the registers are not balanced";
        proof.layer = after.origin(*wire);
        return proof;
    }
    prove_outputs(proof, before, after);
    if (proof.outputs < proof.all_outputs) {
        proof.counterexample = try_events(before, after);
        proof.problem = proof.counterexample ? "the optimised circuit differs from the model" : "not proved (limit)";
    }
    return proof;
}

}  // namespace lutra
