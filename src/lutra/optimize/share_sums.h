#pragma once

/// Terms that several sums have in common, computed once, in one of several ways for each group of sums.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/optimize/linear_sums.h"

namespace lutra {

/// How the terms of a group of sums are shared; nothing: not at all.
using ShareWay = std::optional<ShareOptions>;

/// The groups of a circuit's sums (LinearSums), each shared in several ways, from which a way can be taken for each of them.
class SumSharing {
public:
    /// Works out all ways for all groups. The result does not depend on the number of threads. `circuit` must outlive this.
    SumSharing(const Circuit& circuit, const std::vector<ShareWay>& ways, int num_threads = 1);

    std::size_t num_groups() const { return groups_.size(); }
    /// The origin of the first sum of a group.
    std::string_view origin(std::size_t group) const;
    /// For each wire of the circuit, whether it is a sum whose group has anything to share.
    std::vector<bool> shared_wires() const;

    /// The circuit with each group in the way of that number; the sums are still whole.
    Circuit circuit(std::span<const std::size_t> way_of_group) const;

private:
    const Circuit& source_;
    LinearSums sums_;
    std::vector<std::vector<std::uint32_t>> groups_;             ///< the columns of each
    std::vector<std::uint32_t> wire_of_;                         ///< per column
    std::vector<std::vector<std::optional<GroupTerms>>> terms_;  ///< per group and way; nothing where nothing is shared
};

/// The circuit with the sums of all groups shared in one way.
Circuit share_sums(const Circuit& circuit, const ShareOptions& options = {});

}  // namespace lutra
