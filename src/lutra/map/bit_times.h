#pragma once

/// When the bits of a network are there, by the delays of a device, before cells are chosen.

#include <vector>

#include "lutra/netlist/bit_network.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// Nanoseconds from the inputs to each node of a network that grows. Functions of functions count as one LUT while they read few enough nodes together,
/// and a row is as slow as its chain; what the cover and the rows absorb in the end is not known yet.
class BitTimes {
public:
    BitTimes(const BitNetwork& network, const CostModel& delays, int lut_inputs) : network_(network), delays_(delays), lut_inputs_(lut_inputs) {}

    /// When a bit is there, as the output of its LUT or row.
    double at(Bit bit);
    /// When a row can have it: earlier where the row's own LUTs take over a function of two nodes.
    double at_row(Bit bit);

    const CostModel& delays() const { return delays_; }

private:
    struct Times {
        double node = 0;
        double leaves = 0;                                    ///< when the last of the leaves is there
        std::array<std::uint32_t, max_table_inputs> nodes{};  ///< the leaves of its LUT, ascending
        int num_leaves = 0;
    };

    void extend();
    Times of_function(const BitNode& node) const;
    Times of_row(const Row& row) const;
    double row_time(std::uint32_t node) const;
    /// Adds the leaves of a node, or the node itself; false when there are too many.
    bool insert(Times& times, std::uint32_t node, bool looks_through) const;

    const BitNetwork& network_;
    const CostModel& delays_;
    int lut_inputs_;
    std::vector<Times> times_;
};

}  // namespace lutra
