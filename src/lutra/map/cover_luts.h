#pragma once

/// Which functions of a network become lookup tables, and of which inputs: a cover by cuts.

#include <cstdint>
#include <vector>

#include "lutra/netlist/bit_network.h"

namespace lutra {

/// A lookup table of the cover: the function of its root in terms of other nodes.
struct LutCut {
    std::array<std::uint32_t, max_table_inputs> leaves{};  ///< ascending
    int num_leaves = 0;
    std::uint64_t table = 0;

    std::span<const std::uint32_t> all() const { return {leaves.data(), static_cast<std::size_t>(num_leaves)}; }
};

/// The cuts of the Function nodes that LUTs compute, the roots. Most nodes of large networks are bits of rows, and no roots.
class LutCover {
public:
    LutCover() = default;
    explicit LutCover(std::uint32_t num_nodes) : numbers_(num_nodes, none) {}

    void add_root(std::uint32_t node, const LutCut& cut) {
        numbers_[node] = num_roots();
        cuts_.push_back(cut);
    }
    std::uint32_t num_roots() const { return static_cast<std::uint32_t>(cuts_.size()); }
    bool is_root(std::uint32_t node) const { return numbers_[node] != none; }
    /// Roots are numbered in the order in which they were added.
    std::uint32_t number_of_root(std::uint32_t node) const { return numbers_[node]; }
    const LutCut& cut(std::uint32_t root) const { return cuts_[numbers_[root]]; }

private:
    static constexpr std::uint32_t none = ~0U;

    std::vector<std::uint32_t> numbers_;  ///< per node
    std::vector<LutCut> cuts_;            ///< per root
};

/// What a LUT costs by its number of inputs.
struct LutCosts {
    int lut_inputs = 6;
    double full = 1;   ///< with all inputs
    double small = 1;  ///< with one input less or fewer, when two such can share a LUT
};

/// Covers all functions that rows, multiplexers and outputs need, with few LUTs: area flow, then exact local area (after Mishchenko et al., "Combinational
/// and sequential mapping with priority cuts", ICCAD 2007).
LutCover cover_luts(const BitNetwork& network, const LutCosts& costs);

}  // namespace lutra
