#pragma once

/// Pairs of 16-bit operands that dot products share: one multiply-add instruction does two terms.

#include <cstdint>
#include <optional>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/circuit/lanes/plan.h"

namespace lutra {

/// Which pair a wire is in, and in which half.
struct PairPlace {
    std::uint32_t pair = 0;
    bool is_high = false;
};

/// The pairs of a circuit: wires of 16 bits that stand together in several sums on 32-bit lanes.
class OperandPairs {
public:
    OperandPairs(const Circuit& circuit, const LanePlan& plan);

    /// The pair in which the term at `index` of a sum is computed, if it is.
    std::optional<PairPlace> place_of(Wire sum, std::size_t index) const;
    Wire low(std::uint32_t pair) const { return pairs_[pair].low; }
    Wire high(std::uint32_t pair) const { return pairs_[pair].high; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(pairs_.size()); }

private:
    struct Pair {
        Wire low;
        Wire high;
        std::uint32_t num_sums = 0;
    };
    bool is_eligible(Wire sum, std::size_t index) const;
    void pair_operands_of(Wire sum);
    void count_sums(Wire sum);

    const Circuit& circuit_;
    const LanePlan& plan_;
    std::vector<Pair> pairs_;
    std::vector<std::optional<PairPlace>> places_;  ///< by wire
};

}  // namespace lutra
