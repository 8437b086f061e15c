#pragma once

/// Which layers are cut between: their nets stand for free inputs of what comes after them.

#include <span>
#include <vector>

namespace lutra {

/// How many nets a layer has that others read, and of how many of these the netlist seems to have a partner.
struct LayerNets {
    int all = 0;
    int with_partner = 0;

    friend bool operator==(const LayerNets&, const LayerNets&) = default;
};

/// The layers of which nets are cut points for those that come after all of `layers`: first each that has any; then those of which the netlist has most nets,
/// since a word that is cut in part takes values that do not occur; each further widening takes in the last one, then two, four and so on of these.
std::vector<int> cut_layers(std::span<const LayerNets> layers, int widening);

/// The next widening with other cut points. From 1 on, those of words of which the netlist does not seem to have all nets are none.
int next_widening(std::span<const LayerNets> layers, int widening);

}  // namespace lutra
