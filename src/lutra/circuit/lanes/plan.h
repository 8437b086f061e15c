#pragma once

/// What has to be known of a circuit before it is compiled for lanes: what is live, what is the same value, which lane each primitive works
/// on, and which primitives are made inside the chain of their only user.

#include <cstdint>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/circuit/lanes/program.h"

namespace lutra {

/// The smallest lane that holds all integers of the interval.
Lane lane_of(const Interval& interval);

/// True when the formula of a primitive, before its wrap_T, may leave the range of its type.
bool may_wrap(const Circuit& circuit, Wire wire);

/// No operand of a primitive is the accumulator: the chain begins with the primitive's constant.
inline constexpr int no_accumulator = -1;

/// Facts of one primitive.
struct LanePlanEntry {
    Wire root;                    ///< the wire before this that always has the same raw integer, or this
    bool is_live = false;         ///< a root that an output depends on, and no constant
    bool is_inlined = false;      ///< made in the chain of its only user, as that one's accumulator
    Lane lane = Lane::Int32;      ///< where a root is calculated: its value is exact there
    std::int8_t accumulator = 0;  ///< which operand the chain begins with, or no_accumulator
    std::uint32_t num_uses = 0;   ///< by live roots and outputs
};

/// The plan of a circuit, one entry per wire. Constants (proved or written) are neither live nor do they keep others alive.
class LanePlan {
public:
    explicit LanePlan(const Circuit& circuit);

    const LanePlanEntry& operator[](Wire wire) const { return entries_[wire.index]; }
    Wire root(Wire wire) const { return entries_[wire.index].root; }
    bool is_constant(Wire wire) const { return circuit_.interval(wire).is_constant(); }

private:
    void find_roots();
    void find_live();
    void choose_lanes();
    void choose_accumulators();
    Lane work_lane(Wire wire) const;
    bool can_be_inlined(Wire operand, Wire user) const;

    const Circuit& circuit_;
    std::vector<LanePlanEntry> entries_;
};

}  // namespace lutra
