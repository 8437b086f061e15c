// Assigns slots in a block's memory to the values of a program, by their lifetimes.

#include <array>
#include <limits>

#include "lutra/base/assert.h"
#include "lutra/circuit/lanes/compile.h"

namespace lutra {

namespace {

bool has_terms(LaneStepKind kind) {
    return kind == LaneStepKind::MultiplyAdd || kind == LaneStepKind::MultiplyAddPairs || kind == LaneStepKind::MultiplyAddHalves;
}

/// Calls f(number of a value) for every value that a step reads, but for terms.
template <typename F>
void for_each_operand(LaneStep& step, const F& f) {
    switch (step.kind) {
        case LaneStepKind::LoadConstant:
        case LaneStepKind::Negate:
        case LaneStepKind::Not:
        case LaneStepKind::ShiftLeft:
        case LaneStepKind::ShiftRight:
        case LaneStepKind::SignExtend:
        case LaneStepKind::Mask:
        case LaneStepKind::Table:
        case LaneStepKind::MultiplyAdd:
        case LaneStepKind::MultiplyAddPairs:
        case LaneStepKind::MultiplyAddHalves: return;  // for_each_term visits these
        case LaneStepKind::Select:
            f(step.slot);
            f(step.other);
            return;
        case LaneStepKind::Load:
        case LaneStepKind::LoadConverted:
        case LaneStepKind::Add:
        case LaneStepKind::Subtract:
        case LaneStepKind::SubtractFrom:
        case LaneStepKind::Multiply:
        case LaneStepKind::PackHigh:
        case LaneStepKind::And:
        case LaneStepKind::Or:
        case LaneStepKind::Xor:
        case LaneStepKind::Equal:
        case LaneStepKind::Less:
        case LaneStepKind::Greater:
        case LaneStepKind::Min:
        case LaneStepKind::Max: f(step.slot); return;
    }
    LUTRA_UNREACHABLE("lane step");
}

template <typename Terms, typename F>
void for_each_term(Terms& terms, const LaneStep& step, const F& f) {
    for (std::uint32_t i = step.slot; i < step.slot + step.other; ++i) {
        f(terms[i].slot);
    }
}

/// Calls f(number of a value) for every value that a chain reads.
template <typename F>
void for_each_operand(LaneProgram& program, const LaneChain& chain, const F& f) {
    if (chain.lane == Lane::Wide) {
        for (LaneValue& operand : program.wide_operations[chain.first_step].operands) {
            f(operand.slot);
        }
        return;
    }
    for (std::uint32_t i = chain.first_step; i < chain.first_step + chain.num_steps; ++i) {
        LaneStep& step = program.steps[i];
        if (!has_terms(step.kind)) {
            for_each_operand(step, f);
        } else if (chain.lane == Lane::Int32) {
            for_each_term(program.terms_32, step, f);
        } else {
            for_each_term(program.terms_64, step, f);
        }
    }
}

Lane result_lane(const LaneProgram& program, const LaneChain& chain) {
    return chain.lane == Lane::Wide ? program.wide_operations[chain.first_step].result.lane : chain.lane;
}

class SlotAssigner {
public:
    SlotAssigner(LaneProgram& program, std::uint32_t num_values) : program_(program), last_use_(num_values, -1), slots_(num_values), lanes_(num_values) {}

    void run() {
        find_last_uses();
        for (const LaneConstant& constant : program_.constants) {
            take_slot(constant.value);
        }
        for (const auto& [element, value] : program_.inputs) {
            take_slot(value);
        }
        for (std::size_t i = 0; i < program_.chains.size(); ++i) {
            assign(static_cast<std::int64_t>(i));
        }
        for (auto& constant : program_.constants) {
            constant.value.slot = slots_[constant.value.slot];
        }
        for (auto& [element, value] : program_.inputs) {
            value.slot = slots_[value.slot];
        }
        for (LaneValue& value : program_.outputs) {
            value.slot = slots_[value.slot];
        }
        program_.memory_size = next_slot_[0];
        program_.num_wide_slots = next_slot_[1];
    }

private:
    static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();

    void find_last_uses() {
        for (std::size_t i = 0; i < program_.chains.size(); ++i) {
            for_each_operand(program_, program_.chains[i], [&](std::uint32_t value) { last_use_[value] = static_cast<std::int64_t>(i); });
        }
        for (const LaneConstant& constant : program_.constants) {
            last_use_[constant.value.slot] = forever;
        }
        for (const LaneValue& value : program_.outputs) {
            last_use_[value.slot] = forever;
        }
    }

    void take_slot(const LaneValue& value) {
        auto& free = free_slots_.at(static_cast<std::size_t>(value.lane));
        lanes_[value.slot] = value.lane;
        if (!free.empty()) {
            slots_[value.slot] = free.back();
            free.pop_back();
            return;
        }
        std::uint32_t& next = next_slot_.at(value.lane == Lane::Wide ? 1 : 0);
        slots_[value.slot] = next;
        const std::uint32_t size = value.lane == Lane::Wide ? 1 : lane_block * (value.lane == Lane::Int32 ? 4 : 8);
        LUTRA_ASSERT(next <= std::numeric_limits<std::uint32_t>::max() - size);
        next += size;
    }

    /// A result may take the slot of an operand that dies: a chain stores each event after it has read it.
    void assign(std::int64_t index) {
        LaneChain& chain = program_.chains[static_cast<std::size_t>(index)];
        for_each_operand(program_, chain, [&](std::uint32_t& value) {
            const std::uint32_t number = value;
            value = slots_[number];
            if (last_use_[number] == index) {
                last_use_[number] = -1;  // dies once, however often it is read here
                free_slots_.at(static_cast<std::size_t>(lanes_[number])).push_back(slots_[number]);
            }
        });
        const std::uint32_t number = chain.result;
        take_slot({result_lane(program_, chain), number});
        chain.result = slots_[number];
        if (chain.lane == Lane::Wide) {
            program_.wide_operations[chain.first_step].result.slot = slots_[number];
        }
    }

    LaneProgram& program_;
    std::vector<std::int64_t> last_use_;                    ///< by value: the last chain that reads it
    std::vector<std::uint32_t> slots_;                      ///< by value
    std::vector<Lane> lanes_;                               ///< by value
    std::array<std::vector<std::uint32_t>, 3> free_slots_;  ///< by lane
    std::array<std::uint32_t, 2> next_slot_ = {0, 0};       ///< the block's memory, and wide rows
};

}  // namespace

void assign_slots(LaneProgram& program, std::uint32_t num_values) { SlotAssigner(program, num_values).run(); }

}  // namespace lutra
