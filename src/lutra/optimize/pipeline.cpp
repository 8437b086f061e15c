#include "lutra/optimize/pipeline.h"

#include <algorithm>
#include <array>
#include <map>

#include "lutra/base/assert.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

bool is_wiring(PrimitiveKind kind) {
    return kind == PrimitiveKind::Wrap || kind == PrimitiveKind::MovePoint || kind == PrimitiveKind::ShiftLeft || kind == PrimitiveKind::ShiftRight ||
           kind == PrimitiveKind::Concat || kind == PrimitiveKind::Not;
}

/// The stage of each wire. What depends on no input is the same in all stages and has stage 0.
struct Schedule {
    std::vector<int> stage;
    std::vector<bool> is_fixed;  ///< depends on no input
    int num_stages = 1;
};

std::vector<bool> find_fixed(const Circuit& circuit) {
    std::vector<bool> is_fixed(circuit.size(), true);
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        const Wire wire{i};
        const bool is_constant = circuit.interval(wire).is_constant() && circuit[wire].kind != PrimitiveKind::Input;
        is_fixed[i] = is_constant || (circuit[wire].kind != PrimitiveKind::Input &&
                                      std::ranges::all_of(circuit.operands(wire), [&](Wire operand) { return is_fixed[operand.index]; }));
    }
    return is_fixed;
}

Schedule schedule_earliest(const Circuit& circuit, const DelayFunction& delay, double budget_ns) {
    Schedule schedule{std::vector<int>(circuit.size(), 0), find_fixed(circuit)};
    std::vector<double> time(circuit.size(), 0.0);  // within the stage
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        const Wire wire{i};
        if (schedule.is_fixed[i]) {
            continue;
        }
        for (const Wire operand : circuit.operands(wire)) {
            schedule.stage[i] = std::max(schedule.stage[i], schedule.stage[operand.index]);
        }
        for (const Wire operand : circuit.operands(wire)) {
            time[i] = std::max(time[i], schedule.stage[operand.index] == schedule.stage[i] ? time[operand.index] : 0.0);
        }
        const double own = delay(circuit, wire);
        if (time[i] + own > budget_ns && time[i] > 0) {
            schedule.stage[i] += 1;
            time[i] = 0;
        }
        time[i] += own;
        schedule.num_stages = std::max(schedule.num_stages, schedule.stage[i] + 1);
    }
    return schedule;
}

/// Copies a circuit into stages.
class Pipeliner {
public:
    Pipeliner(const Circuit& circuit, const Schedule& schedule) : circuit_(circuit), schedule_(schedule) {}

    Circuit run(int num_registers) {
        for (const Port& port : circuit_.inputs()) {
            for (const Wire wire : port.wires) {
                at(wire, 0);  // in the order of the ports, also those that nothing reads
            }
        }
        for (std::uint32_t i = 0; i < circuit_.size(); ++i) {
            at(Wire{i}, schedule_.stage[i]);
        }
        for (Port port : circuit_.inputs()) {
            for (Wire& wire : port.wires) {
                wire = at(wire, 0);
            }
            builder_.add_input(std::move(port));
        }
        for (Port port : circuit_.outputs()) {
            for (Wire& wire : port.wires) {
                wire = at(wire, num_registers);
            }
            builder_.add_output(std::move(port));
        }
        return builder_.finish();
    }

private:
    /// The wire in a stage not before its own.
    Wire at(Wire wire, int stage) {
        stage = schedule_.is_fixed[wire.index] ? 0 : stage;
        const auto key = std::pair(wire.index, stage);
        if (const auto known = known_.find(key); known != known_.end()) {
            return known->second;
        }
        builder_.set_origin(circuit_.origin(wire));
        const Wire made = stage == schedule_.stage[wire.index] || moves_forward(wire) ? make(wire, stage) : builder_.register_stage(at(wire, stage - 1));
        known_.emplace(key, made);
        return made;
    }

    /// True when it is cheaper to delay the operands and wire them anew than to delay the result.
    bool moves_forward(Wire wire) const {
        if (!is_wiring(circuit_[wire].kind)) {
            return false;
        }
        int operand_bits = 0;
        for (const Wire operand : circuit_.operands(wire)) {
            operand_bits += schedule_.is_fixed[operand.index] ? 0 : circuit_.type(operand).width;
        }
        return operand_bits <= circuit_.type(wire).width;
    }

    Wire make(Wire wire, int stage) {
        const Interval& proved = circuit_.interval(wire);
        if (schedule_.is_fixed[wire.index] && proved.is_constant()) {
            const std::array value = {proved.low};
            return builder_.append({.kind = PrimitiveKind::Constant, .type = circuit_.type(wire), .integers = value});
        }
        std::vector<Wire> operands;
        for (const Wire operand : circuit_.operands(wire)) {
            operands.push_back(at(operand, stage));
        }
        builder_.set_origin(circuit_.origin(wire));
        return append_copy(builder_, circuit_, wire, operands);
    }

    const Circuit& circuit_;
    const Schedule& schedule_;
    CircuitBuilder builder_;
    std::map<std::pair<std::uint32_t, int>, Wire> known_;
};

Circuit pipelined(const Circuit& circuit, const Schedule& schedule, int num_registers) { return Pipeliner(circuit, schedule).run(num_registers); }

}  // namespace

Circuit pipeline_for_delay(const Circuit& circuit, const DelayFunction& delay, double budget_ns) {
    const Schedule schedule = schedule_earliest(circuit, delay, budget_ns);
    return pipelined(circuit, schedule, schedule.num_stages);
}

Circuit pipeline_for_stages(const Circuit& circuit, const DelayFunction& delay, int num_stages) {
    LUTRA_ASSERT(num_stages >= 1);
    double low = 0;
    double high = 0;
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        high += delay(circuit, Wire{i});
    }
    constexpr int num_bisections = 48;
    for (int step = 0; step < num_bisections; ++step) {
        const double middle = (low + high) / 2;
        (schedule_earliest(circuit, delay, middle).num_stages <= num_stages ? high : low) = middle;
    }
    return pipelined(circuit, schedule_earliest(circuit, delay, high), num_stages);
}

}  // namespace lutra
