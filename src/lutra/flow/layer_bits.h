#pragma once

/// Which nets of a design lie between its layers, by the names that the Verilog gives them: fc1_add12[3] is a bit of layer fc1.

#include <string>
#include <string_view>
#include <vector>

#include "lutra/flow/logic_network.h"

namespace lutra {

/// The number of the layer whose net this is; -1 for none. `layers` are their names as identifiers (verilog::sanitized).
int layer_of_net(std::string_view net, const std::vector<std::string>& layers);

/// What is known of the nodes of a design.
struct LayerBits {
    std::vector<int> layer;           ///< per node: the first of the layers that have a net of it; -1 for none
    std::vector<LogicIndex> between;  ///< nodes of one layer that another one or an output reads, ascending; no inputs
    std::vector<LogicIndex> word;     ///< per node: of a node between layers, the first of those that are bits of the same words of its layer; else itself
};

/// Nodes without a layer belong to those that read them. The outputs are read by what comes after the last layer.
LayerBits find_layer_bits(const LogicNetwork& network, const std::vector<std::string>& layers);

}  // namespace lutra
