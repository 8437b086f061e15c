#include "lutra/circuit/lanes/plan.h"

#include <algorithm>
#include <limits>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

template <typename T>
Interval all_of() {
    return {static_cast<std::int64_t>(std::numeric_limits<T>::min()), static_cast<std::int64_t>(std::numeric_limits<T>::max())};
}

}  // namespace

Lane lane_of(const Interval& interval) {
    if (all_of<std::int32_t>().contains(interval)) {
        return Lane::Int32;
    }
    return all_of<std::int64_t>().contains(interval) ? Lane::Int64 : Lane::Wide;
}

bool may_wrap(const Circuit& circuit, Wire wire) {
    const Primitive& p = circuit[wire];
    const Interval range = range_of(p.type);
    if (p.interval != range) {
        return false;  // a wrapped interval is the whole range
    }
    const auto of = [&](std::size_t i) -> const Interval& { return circuit.interval(circuit.operands(wire)[i]); };
    switch (p.kind) {
        case Wrap: return !range.contains(of(0));
        case ShiftRight: return !range.contains(Interval{of(0).low >> static_cast<int>(p.amount), of(0).high >> static_cast<int>(p.amount)});
        case ShiftLeft: return !range.contains(Interval{of(0).low << static_cast<int>(p.amount), of(0).high << static_cast<int>(p.amount)});
        case Add: return !range.contains(of(0) + of(1));
        case Subtract: return !range.contains(of(0) - of(1));
        case Not: return !range.contains(Interval{~of(0).high, ~of(0).low});
        case Negate:
        case Multiply:
        case Sum:
        case Concat: return true;
        case Input:
        case Constant:
        case MovePoint:
        case And:
        case Or:
        case Xor:
        case Equal:
        case Less:
        case Mux:
        case Min:
        case Max:
        case Table:
        case Register: return false;
    }
    LUTRA_UNREACHABLE("primitive kind");
}

LanePlan::LanePlan(const Circuit& circuit) : circuit_(circuit), entries_(circuit.size()) {
    find_roots();
    find_live();
    choose_lanes();
    choose_accumulators();
}

void LanePlan::find_roots() {
    for (std::uint32_t i = 0; i < circuit_.size(); ++i) {
        const Wire wire{i};
        const auto operands = circuit_.operands(wire);
        const PrimitiveKind kind = circuit_[wire].kind;
        Wire same = wire;
        if (kind == MovePoint || kind == Register || (kind == Wrap && !may_wrap(circuit_, wire))) {
            same = operands[0];
        } else if (kind == Mux && is_constant(operands[0])) {
            same = operands[circuit_.interval(operands[0]).low.is_zero() ? 2 : 1];
        }
        entries_[i].root = same == wire ? wire : entries_[same.index].root;
    }
}

void LanePlan::find_live() {
    const auto use = [&](Wire wire) {
        LanePlanEntry& entry = entries_[root(wire).index];
        if (!is_constant(root(wire))) {
            entry.is_live = true;
            ++entry.num_uses;
        }
    };
    for (const Wire wire : flat_wires(circuit_.outputs())) {
        use(wire);
    }
    for (std::uint32_t i = circuit_.size(); i-- > 0;) {
        if (entries_[i].is_live) {
            std::ranges::for_each(circuit_.operands(Wire{i}), use);
        }
    }
}

Lane LanePlan::work_lane(Wire wire) const {
    const Lane result = lane_of(circuit_.interval(wire));
    const auto of = [&](std::size_t i) { return lane_of(circuit_.interval(circuit_.operands(wire)[i])); };
    switch (circuit_[wire].kind) {
        // Low bits of results depend only on low bits of operands: the lane of the result does, whatever the operands' lanes are.
        case Input:
        case Constant:
        case Wrap:
        case MovePoint:
        case ShiftLeft:
        case Add:
        case Subtract:
        case Negate:
        case Multiply:
        case Sum:
        case Not:
        case And:
        case Or:
        case Xor:
        case Concat:
        case Register: return result;
        case Mux: return std::max(result, of(0));
        case ShiftRight:
        case Table: return std::max(result, of(0));
        case Equal:
        case Less:
        case Min:
        case Max: return std::max(of(0), of(1));
    }
    LUTRA_UNREACHABLE("primitive kind");
}

void LanePlan::choose_lanes() {
    for (std::uint32_t i = 0; i < circuit_.size(); ++i) {
        if (entries_[i].is_live) {
            entries_[i].lane = work_lane(Wire{i});
        }
    }
}

bool LanePlan::can_be_inlined(Wire operand, Wire user) const {
    const LanePlanEntry& entry = (*this)[root(operand)];
    const LanePlanEntry& user_entry = (*this)[user];
    return entry.is_live && entry.num_uses == 1 && entry.lane == user_entry.lane && entry.lane != Lane::Wide && circuit_[root(operand)].kind != Input;
}

void LanePlan::choose_accumulators() {
    for (std::uint32_t i = 0; i < circuit_.size(); ++i) {
        const Wire wire{i};
        if (!entries_[i].is_live || circuit_[wire].kind == Input) {
            continue;
        }
        const auto operands = circuit_.operands(wire);
        const PrimitiveKind kind = circuit_[wire].kind;
        const std::size_t num_candidates = kind == Mux || kind == Concat ? 1 : std::min<std::size_t>(operands.size(), 100);
        entries_[i].accumulator = kind == Sum ? no_accumulator : 0;
        for (std::size_t k = num_candidates; k-- > 0;) {
            const bool is_candidate = kind != Sum || (circuit_.coefficients(wire)[k] == Integer(1) && !is_constant(operands[k]));
            if (is_candidate && operands.size() <= 3) {
                entries_[i].accumulator = static_cast<std::int8_t>(k);  // spares loading a constant
            }
            if (is_candidate && can_be_inlined(operands[k], wire)) {
                entries_[i].accumulator = static_cast<std::int8_t>(k);
                entries_[root(operands[k]).index].is_inlined = true;
                break;
            }
        }
    }
}

}  // namespace lutra
