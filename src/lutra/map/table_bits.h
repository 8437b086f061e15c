#pragma once

/// Truth tables of many inputs as functions that fit in LUTs.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "lutra/netlist/bit_network.h"

namespace lutra {

/// Makes functions of the bits of one word, and shares equal parts among all functions that it makes.
///
///     f that does not read an input          => f without it
///     f of as many inputs as a LUT has       => one function
///     f                                      => a multiplexer of two cofactors, on the input whose cofactors are the simplest
class TableBits {
public:
    /// `lut_inputs`: at most six. `mux_levels`: how many multiplexers may follow each other behind a LUT.
    TableBits(BitNetwork& network, BitWord inputs, int lut_inputs, int mux_levels)
        : network_(network), inputs_(std::move(inputs)), lut_inputs_(lut_inputs), mux_levels_(mux_levels) {}

    /// The bit f(address), where f has an entry (0 or 1) for each of the 2^inputs addresses.
    Bit bit(const std::vector<bool>& entries);

private:
    /// A function of the inputs that it depends on, ascending.
    struct Part {
        std::vector<int> support;
        std::vector<bool> entries;
    };

    Bit make(Part part);
    Bit make_leaf(const Part& part);
    int best_split(const Part& part) const;
    static Part cofactor_of(const Part& part, std::size_t place, bool value);
    static void reduce_support(Part& part);

    BitNetwork& network_;
    BitWord inputs_;
    int lut_inputs_;
    int mux_levels_;
    std::unordered_map<std::vector<bool>, std::vector<std::pair<std::vector<int>, Bit>>> known_;
};

}  // namespace lutra
