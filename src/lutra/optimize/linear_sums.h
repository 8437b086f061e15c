#pragma once

/// The sums of a circuit as columns of shifted operands: what expand_sums makes adders of.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
};

/// The sums without their constants, and with nothing shared.
LinearSums collect_sums(const Circuit& circuit);

/// What the sums of a circuit have in common, group by group; groups without options stay as they are. The pairs that
/// may be counted are those of all groups together.
SharedTerms share_terms(const Circuit& circuit, const LinearSums& sums, const std::function<std::optional<ShareOptions>(std::size_t group)>& options_of);

}  // namespace lutra
