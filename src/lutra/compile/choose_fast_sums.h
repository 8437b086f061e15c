#pragma once

/// Which sums of a circuit are built in little time instead of in few cells, because the clock or the latency that was asked for needs it.

#include <optional>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/map_circuit.h"
#include "lutra/target/device.h"

namespace lutra {

/// What the registers of a design are placed for.
struct ClockGoal {
    Device device;
    std::optional<int> num_stages;   ///< exactly so many register stages; none: as few as the clock needs
    std::optional<double> clock_ns;  ///< the period that is asked for; none: the shorter, the better

    /// The time for logic between registers; 0 when there is no clock. A tenth of the period is kept for what the model does not know.
    double stage_ns(const CostModel& model) const;
};

/// How far a netlist is from a goal.
struct GoalDistance {
    double missing_ns = 0;  ///< of the time for logic between registers
    int num_stages = 0;

    /// Less time is missing, by more than what does not matter; or as much, and there are fewer stages.
    bool is_less_than(const GoalDistance& other) const;
};
GoalDistance distance_of(const CellNetlist& netlist, const ClockGoal& goal);

/// By how much LUTs may grow for a goal, as a part of them: a tenth, a quarter at the greatest effort.
double most_growth(int effort);

/// How circuits are mapped.
struct MappingSetup {
    CellStyle style{};
    const MapOptions& options;
    MapMemory& memory;
    int effort = usual_effort;
    int num_threads = 1;
};

/// Maps circuits again with rows of little depth and maybe counters (`map/fast_sum`) in those sums that bring the goal nearer: the clock within reach, or
/// fewer stages. The circuits compute the same; the smallest netlist is one of the first of them. Sums that do not help stay as they are; where none helps for
/// what LUTs may grow, it is the smallest netlist. The number of mappings is bounded. It does not depend on the number of threads.
CellNetlist choose_fast_sums(CellNetlist smallest, const std::vector<Circuit>& circuits, const MappingSetup& setup, const ClockGoal& goal);

}  // namespace lutra
