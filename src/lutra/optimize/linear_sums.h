#pragma once

/// The sums of a circuit as columns of shifted operands: what expand_sums makes adders of.

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/optimize/share_terms.h"

namespace lutra {

/// The live sums of a circuit, in the order of their wires. Sums of a group have operands in common, directly or through others of the
/// group, and none with sums of other groups: a dense layer is one group.
struct LinearSums {
    std::vector<bool> is_live;                       ///< per wire of the circuit
    std::vector<Wire> operands;                      ///< of all sums
    std::map<std::uint32_t, std::size_t> column_of;  ///< wire of a sum -> its column
    std::vector<TermColumn> columns;                 ///< canonical signed digits; the nodes are places in operands
    SharedTerms shared;                              ///< the same columns with what they have in common; empty until it is asked for
    std::vector<std::size_t> group_of;               ///< per column
    std::size_t num_groups = 0;
    std::size_t num_terms = 0;  ///< in all columns

    /// The columns of each group, in order.
    std::vector<std::vector<std::uint32_t>> columns_of_groups() const;
};

/// The sums without their constants, and with nothing shared.
LinearSums collect_sums(const Circuit& circuit);

/// What the sums of one group have in common.
struct GroupTerms {
    std::vector<std::uint32_t> operands;  ///< per operand of `terms`, its place in the operands of all sums
    SharedTerms terms;                    ///< the columns in the order of the group's
};

/// Shares the terms of a group, given by its columns. The pairs that may be counted are those of all groups together: a group gets its part of them.
GroupTerms share_group(const Circuit& circuit, const LinearSums& sums, const std::vector<std::uint32_t>& group, ShareOptions options);

/// Puts what a group's columns share into the terms of all sums, whose columns are there already.
void append_group(const GroupTerms& found, const std::vector<std::uint32_t>& group, SharedTerms& shared);

/// What the sums of a circuit have in common, group by group.
SharedTerms share_terms(const Circuit& circuit, const LinearSums& sums, const ShareOptions& options);

}  // namespace lutra
