#pragma once

/// What is to be proved of each pair of nets, and how far it is.

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "lutra/flow/layer_cuts.h"

namespace lutra {

enum class PairState : std::uint8_t { Open, Proved, Absorbed, Undecided, Different };

/// Obligations that are compared together.
struct Group {
    int layer = 0;
    int widening = 0;
    int part = 0;

    friend auto operator<=>(const Group&, const Group&) = default;
};

/// A pair and how far it is.
struct Obligation {
    int layer = 0;
    std::optional<std::size_t> output = {};  ///< the number of the output that it is
    PairState state = PairState::Open;
    int widening = 0;
    int part = 0;                        ///< those of the same layer, widening and part are compared together
    std::vector<std::size_t> cuts = {};  ///< where proved: the pairs that were assumed

    Group group() const { return {layer, widening, part}; }
    bool is_usable() const { return state == PairState::Open || state == PairState::Proved; }
};

/// The pairs that are equal for all inputs: proved with pairs of lower layers that are.
std::vector<bool> valid_pairs(const std::vector<Obligation>& obligations);

/// The layers before one, each with how many pairs it has and how many of these are usable.
std::vector<LayerNets> layers_before(const std::vector<Obligation>& obligations, int layer);

}  // namespace lutra
