#pragma once

/// The proof, layer by layer, that a netlist is the Verilog that it was made of.

#include <functional>
#include <map>
#include <optional>

#include "lutra/flow/layer_bits.h"
#include "lutra/flow/layer_region.h"

namespace lutra {

/// What is known of one layer.
struct LayerEquivalence {
    std::string name;
    int bits = 0;      ///< nets of the layer that others or outputs read
    int proved = 0;    ///< of these: equal to a net of the netlist, for all inputs
    int absorbed = 0;  ///< of these: no net of the netlist is it; what reads it was compared with it inside
    bool is_proved = false;

    friend bool operator==(const LayerEquivalence&, const LayerEquivalence&) = default;
};

/// Inputs for which the netlist is not the Verilog.
struct NetlistDifference {
    std::vector<NamedNode> inputs = {};  ///< bits of ports and their values
    std::string output;                  ///< a bit that differs

    friend bool operator==(const NetlistDifference&, const NetlistDifference&) = default;
};

struct EquivalenceResult {
    bool is_proved = false;
    std::vector<LayerEquivalence> layers;  ///< in the order in which they were given; the last has no name: what reads the layers
    std::string first_layer;               ///< that is not proved; empty: none, or what reads the layers
    std::optional<NetlistDifference> difference;
    int comparisons = 0;
};

/// Compares the two sides of each region for all values of its inputs.
using RegionComparer = std::function<Result<std::vector<CecVerdict>>(const std::vector<LayerRegion>&)>;

/// A layer as it is called and as its nets begin.
struct LayerName {
    std::string name;
    std::string identifier;
};

/// Proves that all outputs of the two designs are equal.
///
/// Random events tell which net of the netlist seems to be which net between layers of the Verilog. These pairs are cut points: a layer's pairs are compared as
/// functions of the pairs of the layers before, so that by induction over the layers all are equal; no pair is taken for equal that is not proved. Where a
/// difference needs values of cut points that may not occur, or a limit is reached, the layer before is taken in, then two, four and so on, up to all inputs;
/// the pairs of the layers taken in are the same nets on both sides (PairUse::Same). Pairs that are not proved together are compared in parts. Inputs that were
/// found in this way are kept as further events. A net between layers without a partner is no cut point: the logic around it is compared as one. When `is_over`
/// holds, what is still open is left unproved.
Result<EquivalenceResult> prove_layers(
    const DesignPair& designs, const std::vector<LayerName>& layers, const RegionComparer& compare,
    const std::function<bool()>& is_over = [] { return false; });

}  // namespace lutra
