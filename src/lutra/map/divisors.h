#pragma once

/// Functions written as functions of others that are there already (Boolean resubstitution: Mishchenko, Brayton, Jiang and Jang, "Scalable don't-care-based
/// logic optimization and resynthesis", FPGA 2009).
///
///     f and d1 ... dk are functions of x, and f differs only where one of the d differs  => f = g(d1, ..., dk), one LUT
///     the same of f where a divisor s is 0, and where it is 1                             => a multiplexer by s of two LUTs; and so on

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "lutra/map/memo.h"
#include "lutra/map/wide_truth_table.h"

namespace lutra {

/// At most so many divisors are looked at.
inline constexpr std::size_t max_divisors = 64;
/// Functions of more inputs are not written in divisors.
inline constexpr int max_divided_inputs = 8;

/// How a function is made of divisors: a LUT, or a multiplexer of two trees.
struct DivisorTree {
    std::vector<std::size_t> inputs;  ///< of a LUT: divisors
    std::size_t selector = 0;         ///< of a multiplexer: a divisor
    std::vector<DivisorTree> halves;  ///< of a multiplexer: where the selector is 0, and where it is 1
};

/// Entries of a table, ascending.
using Entries = std::vector<std::uint32_t>;

/// All entries of a table.
Entries all_entries(const WideTruthTable& table);
/// The entries at which a table has a value.
Entries entries_where(const WideTruthTable& table, bool value, const Entries& among);

/// The tree of the fewest levels, less than `num_levels`, whose LUTs have up to `max_inputs` inputs; all leaves are at one level. All tables have the
/// inputs of f. Every two entries in which f differs must be told apart by one of a LUT's inputs: those that the fewest divisors tell apart are looked at
/// first. Nothing where there is none, or none was found within a number of steps.
std::optional<DivisorTree> tree_of_divisors(const WideTruthTable& f, std::span<const WideTruthTable> divisors, int max_inputs, int num_levels);

/// The table g of as many inputs as `inputs` with f = g(divisors[inputs[0]], ...) at the entries; nothing when these do not determine f there.
std::optional<std::uint64_t> table_over(const WideTruthTable& f, const Entries& entries, std::span<const WideTruthTable> divisors,
                                        std::span<const std::size_t> inputs);

/// Trees that were found before, for several threads. They are kept under a hash of the functions: table_over tells when that was another's.
class DivisorTrees {
public:
    explicit DivisorTrees(int lut_inputs) : lut_inputs_(lut_inputs) {}

    /// A tree of less than `max_luts` LUTs.
    const std::optional<DivisorTree>& find(const WideTruthTable& f, std::span<const WideTruthTable> divisors, double max_luts);

private:
    int lut_inputs_;
    Memo<std::map<std::pair<std::size_t, std::size_t>, std::optional<DivisorTree>>> known_;
};

}  // namespace lutra
