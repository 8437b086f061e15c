#pragma once

/// A table that only sums read as several smaller ones that add up to it: a coarse one of the address without its low bits, and what is left over, in
/// fewer bits. The sum adds them all. (The lossless compression of tables of Hsiao, Wu and Wen, 2013; here the heap of the sum spares its adder.)

#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/lut_cost.h"

namespace lutra {

/// entries[(a >> shift) - first] for the address a.
struct TablePart {
    int shift = 0;
    LookupTable table;
};

/// What a table costs, in LUTs, and how it is split best. `row_bit` are the LUTs of one more bit in a sum, `num_sums` how many sums read the table. One part,
/// the table itself, when that is best. Its entries are those of the addresses that occur.
std::vector<TablePart> split_table(const LookupTable& table, LutCost& cost, double row_bit, int num_sums);

}  // namespace lutra
