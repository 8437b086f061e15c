#pragma once

/// A table that only sums read as several smaller ones that add up to it: a coarse one of the address without its low bits, and what is left over, in
/// fewer bits. The sum adds them all. (The lossless compression of tables of Hsiao, Wu and Wen, 2013; here the heap of the sum spares its adder.)

#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/lut_cost.h"

namespace lutra {

/// entries[(a >> shift) - first] for the address a.
struct TablePart {
    int shift = 0;
    LookupTable table;
};

/// What a split is chosen by.
struct SplitOptions {
    double luts_per_row_bit = 0.55;  ///< what one more bit in a sum takes
    std::size_t num_tried = 6;       ///< the most promising splits, whose parts are looked at; 0: tables stay whole
};

/// Finds the best splits of tables, and remembers them, for several threads.
class TableSplits {
public:
    /// `cost` must outlive this.
    TableSplits(LutCost& cost, const SplitOptions& options) : cost_(cost), options_(options) {}

    /// The parts of a table that so many sums read: the table itself when that is best. Its entries are those of the addresses that occur.
    const std::vector<TablePart>& parts_of(const LookupTable& table, int num_sums);

private:
    std::vector<TablePart> split(const LookupTable& table, int num_sums) const;

    /// A table, and how many sums read it.
    using Key = std::pair<LookupTable, int>;
    struct Less {
        bool operator()(const Key& a, const Key& b) const {
            return std::tie(a.second, a.first.first, a.first.entries) < std::tie(b.second, b.first.first, b.first.entries);
        }
    };
    LutCost& cost_;
    SplitOptions options_;
    Memo<std::map<Key, std::vector<TablePart>, Less>> known_;
};

}  // namespace lutra
