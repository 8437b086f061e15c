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

/// For each Function node that a LUT computes, its cut.
struct LutCover {
    std::vector<bool> is_root;
    std::vector<LutCut> cuts;  ///< per node; of roots only
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
