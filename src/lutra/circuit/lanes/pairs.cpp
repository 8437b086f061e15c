#include "lutra/circuit/lanes/pairs.h"

#include <algorithm>

namespace lutra {

namespace {

const Interval int16_range{-32768, 32767};

}  // namespace

OperandPairs::OperandPairs(const Circuit& circuit, const LanePlan& plan) : circuit_(circuit), plan_(plan), places_(circuit.size()) {
    const auto for_each_sum = [&](auto visit) {
        for (std::uint32_t i = 0; i < circuit.size(); ++i) {
            if (circuit[Wire{i}].kind == PrimitiveKind::Sum && plan[Wire{i}].is_live && plan[Wire{i}].lane == Lane::Int32) {
                visit(Wire{i});
            }
        }
    };
    for_each_sum([&](Wire sum) { pair_operands_of(sum); });
    for_each_sum([&](Wire sum) { count_sums(sum); });
}

std::optional<PairPlace> OperandPairs::place_of(Wire sum, std::size_t index) const {
    const auto place = places_[plan_.root(circuit_.operands(sum)[index]).index];
    if (!place || !is_eligible(sum, index)) {
        return std::nullopt;
    }
    // Packing costs about as much as a term: a pair must serve several sums.
    const Pair& pair = pairs_[place->pair];
    return pair.num_sums >= 3 && pair.low < sum && pair.high < sum ? place : std::nullopt;
}

bool OperandPairs::is_eligible(Wire sum, std::size_t index) const {
    const Wire operand = plan_.root(circuit_.operands(sum)[index]);
    return plan_[operand].is_live && !plan_[operand].is_inlined && int16_range.contains(circuit_.interval(operand)) &&
           int16_range.contains(circuit_.coefficients(sum)[index]);
}

void OperandPairs::pair_operands_of(Wire sum) {
    std::optional<Wire> waiting;
    for (std::size_t i = 0; i < circuit_.operands(sum).size(); ++i) {
        const Wire operand = plan_.root(circuit_.operands(sum)[i]);
        if (!is_eligible(sum, i) || places_[operand.index] || plan_[operand].num_uses < 3 || waiting == operand) {
            continue;
        }
        if (!waiting) {
            waiting = operand;
            continue;
        }
        places_[waiting->index] = PairPlace{size(), false};
        places_[operand.index] = PairPlace{size(), true};
        pairs_.push_back({*waiting, operand});
        waiting.reset();
    }
}

void OperandPairs::count_sums(Wire sum) {
    std::vector<std::uint32_t> used;
    for (std::size_t i = 0; i < circuit_.operands(sum).size(); ++i) {
        const auto place = places_[plan_.root(circuit_.operands(sum)[i]).index];
        if (place && is_eligible(sum, i)) {
            used.push_back(place->pair);
        }
    }
    std::ranges::sort(used);
    used.erase(std::ranges::unique(used).begin(), used.end());
    for (const std::uint32_t pair : used) {
        ++pairs_[pair].num_sums;
    }
}

}  // namespace lutra
