#pragma once

/// How many LUTs truth tables take, and the best way to take them apart.
///
///     f that does not read an input      => f without it
///     f of as many inputs as a LUT has   => one LUT
///     f(x, y) with few different f(x, .) => g(h(x), y): h numbers the different ones in few bits (Ashenhurst 1957, Curtis 1961)
///     f                                  => a multiplexer of two cofactors

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "lutra/map/memo.h"
#include "lutra/map/wide_truth_table.h"

namespace lutra {

/// What functions are made of.
struct LutOptions {
    int lut_inputs = 6;          ///< at most six
    int mux_levels = 2;          ///< multiplexers that may follow each other behind a LUT, at no cost
    int searched_inputs = 9;     ///< functions of up to so many inputs get the best h of all
    bool finds_common = true;    ///< whether several functions may share an h
    bool estimates_all = false;  ///< whether estimates, too, look at all h, which takes ten times as long
};

/// The values of some inputs x of f(x, y), numbered by what they make of f: equal numbers, equal f(x, .).
struct Partition {
    std::vector<std::uint32_t> number_of;        ///< per value of x
    std::vector<std::uint32_t> representatives;  ///< per number, a value of all inputs that has such an x and y = 0

    /// Bits of a number, at least one.
    int num_codes() const;
};

/// f_i(x, y) = g_i(h(x), y) for one or several functions.
struct Decomposition {
    std::uint32_t bound = 0;  ///< the inputs x, one bit each; 0: there is none
    double cost = 0;          ///< LUTs
};

/// The first step of taking a function apart.
struct Step {
    Decomposition decomposition;  ///< by this, if there is one
    int split_input = 0;          ///< by a multiplexer of this input, else
};

/// Numbers the values of the inputs `bound`. `functions`, at most 64, have equally many inputs.
Partition partition_of(std::span<const WideTruthTable> functions, std::uint32_t bound);

/// The bits of the numbers as functions of x.
std::vector<WideTruthTable> codes_of(const Partition& partition);

/// The g_i: their inputs are y, then the bits of the number. Numbers that no x has mean what the last one means.
std::vector<WideTruthTable> functions_of_codes(std::span<const WideTruthTable> functions, std::uint32_t bound, const Partition& partition);

/// Estimates, kept for functions that were seen before, for several threads.
class LutCost {
public:
    explicit LutCost(const LutOptions& options) : options_(options) {}

    const LutOptions& options() const { return options_; }

    /// LUTs of a function by its best step from above, and then multiplexers.
    double of(WideTruthTable function);
    /// LUTs of several functions of the same inputs, which may share an h.
    double of(std::span<const WideTruthTable> functions);

    /// The best step for a function of more inputs than a LUT has.
    Step best_step(const WideTruthTable& function);
    /// The best h for several functions, among all runs of neighbouring inputs: those are what the ranges of a numeric table show in. Nothing when
    /// each on its own takes no more.
    Decomposition best_common_decomposition(std::span<const WideTruthTable> functions);

private:
    double estimate(int num_inputs) const;
    std::pair<int, double> best_split(const WideTruthTable& function) const;
    Decomposition best_decomposition(const WideTruthTable& function, bool only_runs) const;
    Decomposition find_common_decomposition(const std::set<WideTruthTable>& functions);

    LutOptions options_;
    Memo<std::unordered_map<WideTruthTable, double, WideTruthTableHash>> known_;
    Memo<std::unordered_map<WideTruthTable, Step, WideTruthTableHash>> known_steps_;
    Memo<std::map<std::set<WideTruthTable>, Decomposition>> known_common_;
};

}  // namespace lutra
