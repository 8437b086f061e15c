#include "lutra/prove/likely_forms.h"

#include <map>

#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/prove/spec_network.h"

namespace lutra {

namespace {

/// The values of a wire without the power of two that they have in common.
struct Signature {
    std::vector<Integer> values;
    int num_zeros = 0;
};

/// Of all live wires; of others, and of those that are always 0, no values.
std::vector<Signature> signatures(const Circuit& circuit, std::span<const Integer> events) {
    const std::size_t per_event = flat_wires(circuit.inputs()).size();
    std::vector<Signature> result(circuit.size());
    for (std::size_t begin = 0; begin < events.size(); begin += per_event) {
        const std::vector<Integer> values = evaluate_wires(circuit, events.subspan(begin, per_event));
        for (std::size_t i = 0; i < values.size(); ++i) {
            result[i].values.push_back(values[i]);
        }
    }
    const std::vector<bool> is_live = needed_wires(circuit);
    for (std::size_t i = 0; i < result.size(); ++i) {
        Integer all = 0;
        for (const Integer& value : result[i].values) {
            all = all | value;
        }
        result[i].num_zeros = all.trailing_zeros();
        if (!is_live[i] || all.is_zero()) {
            result[i].values.clear();
        }
        for (Integer& value : result[i].values) {
            value = value >> result[i].num_zeros;
        }
    }
    return result;
}

}  // namespace

std::vector<std::optional<LinearForm>> likely_forms(const Circuit& before, const std::vector<LinearForm>& forms, const Circuit& after) {
    constexpr std::size_t num_events = 64;
    const std::vector<Integer> events = random_inputs(before, num_events, 1);
    std::vector<std::optional<LinearForm>> result(after.size());
    if (events.empty()) {
        return result;
    }
    const std::vector<Signature> known = signatures(before, events);
    std::map<std::vector<Integer>, std::size_t> wires;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!known[i].values.empty()) {
            wires.try_emplace(known[i].values, i);
        }
    }
    const std::vector<Signature> open = signatures(after, events);
    for (std::size_t i = 0; i < open.size(); ++i) {
        const auto found = open[i].values.empty() ? wires.end() : wires.find(open[i].values);
        if (found != wires.end() && open[i].num_zeros >= known[found->second].num_zeros) {
            result[i] = forms[found->second] * Integer::power_of_two(open[i].num_zeros - known[found->second].num_zeros);
        }
    }
    return result;
}

}  // namespace lutra
