#pragma once

/// How to add up a sum in the least time: counters that bring its columns down to what few rows of adders hold.

#include <array>
#include <span>
#include <vector>

#include "lutra/map/row_plan.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// A bit of a heap by its number, and when it is there.
struct TimedBit {
    int number = 0;
    double as_lut_input = 0;  ///< ns
    double as_row_input = 0;  ///< ns, maybe earlier: a row's LUTs take over small functions
};

/// Per column, lowest first, its bits.
using HeapColumns = std::vector<std::vector<TimedBit>>;

/// How many of the bits of one column are ones, as a number: of three bits in two (3:2), of six in three (6:3). Its outputs are numbered on from the last
/// number before, lowest first.
struct Counter {
    int column = 0;
    int num_bits = 0;
    std::array<int, 6> bits{};

    int num_outputs() const { return num_bits <= 3 ? 2 : 3; }
    std::span<const int> all() const { return {bits.data(), static_cast<std::size_t>(num_bits)}; }
};

/// What there is to add up and with what.
struct FastSumRequest {
    HeapColumns columns;
    int num_bits = 0;  ///< numbers that are taken
    std::uint64_t constant = 0;
    int window = 0;  ///< at most max_plan_window
    bool has_ternary_rows = false;
    bool has_counters = true;
    const CostModel& delays;
};

/// Counters in order, then the words of what they leave (per word the number of its bit in each column, or none), then rows over these words.
struct FastSum {
    static constexpr int none = -1;

    std::vector<Counter> counters;
    std::vector<std::vector<int>> words;
    RowPlan rows;
    double time_ns = 0;  ///< when the sum is there
};

/// Rows in the order in which words are there, or as many levels of counters as one row needs in front of it, whichever is faster. Each level leaves half of a
/// column's bits (6:3, where LUTs have six inputs and rows are ternary) or two thirds (3:2), and takes the earliest ones, no more than the next levels need
/// (after Dadda, "Some schemes for parallel multipliers", Alta Frequenza 34, 1965). There is one row behind counters only: all that a counter tells has to end
/// in the same row for its sum to be a sum of the counter's bits, which proofs rely on; and two levels of counters are as fast as a row and take more words.
FastSum plan_fast_sum(const FastSumRequest& request);

/// When the rows of a plan are done whose words are there at these times.
double rows_done_ns(const SumProfile& sum, const RowPlan& plan, std::vector<double> times, const CostModel& delays);

}  // namespace lutra
