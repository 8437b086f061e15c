#pragma once

/// A circuit as a network of bits: sums become rows of adders, tables and choices functions of a few bits.

#include "lutra/circuit/circuit.h"
#include "lutra/map/divisors.h"
#include "lutra/map/lut_cost.h"
#include "lutra/map/row_plan.h"
#include "lutra/map/split_table.h"
#include "lutra/netlist/bit_network.h"
#include "lutra/netlist/cell_netlist.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// What the cells of a device can do, and how hard to search.
struct MapOptions {
    LutOptions luts;
    SplitOptions splits;
    bool finds_divisors = true;    ///< whether bits of tables may be made of others
    bool has_ternary_rows = true;  ///< a carry chain that adds three words
    int exact_words = 8;           ///< sums of up to so many words get the best of all groupings
};

/// Efforts of a search: 1 takes the first good way, 2 looks at those that promise something, 3 at many more.
inline constexpr int least_effort = 1;
inline constexpr int usual_effort = 2;
inline constexpr int greatest_effort = 3;

/// What the cells of a style can do, searched with an effort.
MapOptions options_for(CellStyle style, int effort = usual_effort);

/// What was found out about tables and sums, for circuits that are mapped with the same options, one after the other or at the same time.
class MapMemory {
public:
    explicit MapMemory(const MapOptions& options)
        : cost(options.luts), splits(cost, options.splits), trees(options.luts.lut_inputs), row_plans(options.exact_words) {}
    MapMemory(const MapMemory&) = delete;
    MapMemory& operator=(const MapMemory&) = delete;

    LutCost cost;
    TableSplits splits;
    DivisorTrees trees;
    RowPlans row_plans;
};

/// Sums and products whose depth binds.
struct FastSums {
    std::vector<bool> is_fast;  ///< per wire: built in the least time instead of in the fewest cells
    CostModel delays;
    bool has_counters = true;  ///< with counters of columns where they save time, not only by another order of the rows
};

/// Maps a circuit without registers. Inputs and outputs of the network are the bits of the elements of its ports, in order, each element's lowest
/// bit first.
BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options, MapMemory& memory, const FastSums* fast = nullptr);
BitNetwork map_circuit(const Circuit& circuit, const MapOptions& options);

}  // namespace lutra
