#pragma once

/// Which sums of a circuit are built in little time instead of in few cells, because the clock or the latency that was asked for needs it.

#include <optional>

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

/// A netlist and the circuit that was mapped to it.
struct MappedCells {
    Circuit circuit;
    CellNetlist netlist;
};

/// Maps the circuit again with rows of little depth and maybe counters (`map/fast_sum`) in those sums that bring the goal nearer: the clock within reach, or
/// fewer stages. Sums that do not help stay as they are; where none helps, or LUTs would grow by more than a tenth (half at the greatest effort), the
/// netlist stays. The number of mappings is bounded, and circuits of very many primitives are not tried. It does not depend on the number of threads.
CellNetlist choose_fast_sums(MappedCells smallest, CellStyle style, const MapOptions& options, MapMemory& memory, const ClockGoal& goal, int effort,
                             int num_threads);

}  // namespace lutra
