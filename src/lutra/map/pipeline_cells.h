#pragma once

/// Placing registers between the cells of a netlist.

#include "lutra/netlist/cell_netlist.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// Nanoseconds through a cell, with the wires to it.
double cell_delay_ns(const CellNetlist& netlist, CellId cell, const CostModel& model);

/// What limits a netlist that is not pipelined yet.
struct CellTiming {
    int num_stages = 0;     ///< the fewest for a budget
    double slowest_ns = 0;  ///< the least time for a stage that their number allows, or its slowest cell where they may be as many as it takes
};
/// As `pipeline_for_delay` would place registers.
CellTiming timing_for_delay(const CellNetlist& netlist, const CostModel& model, double budget_ns);
/// As `pipeline_for_stages` would.
CellTiming timing_for_stages(const CellNetlist& netlist, const CostModel& model, int num_stages);

/// A netlist with registers: every way from an input to an output has the same number of them.
struct PipelinedCells {
    CellNetlist netlist;
    int latency_cycles = 0;
};

/// The fewest stages in which no way between registers takes longer than `budget_ns` (a cell that alone takes longer has a stage to itself), and in those
/// stages the fewest registers. The outputs are registers.
PipelinedCells pipeline_for_delay(const CellNetlist& netlist, const CostModel& model, double budget_ns);

/// Exactly `num_stages` >= 1 registers between inputs and outputs, the shortest clock period that allows, and the fewest registers for that.
PipelinedCells pipeline_for_stages(const CellNetlist& netlist, const CostModel& model, int num_stages);

}  // namespace lutra
