#pragma once

/// Where two designs that are not equal begin to differ.

#include <optional>

#include "lutra/flow/layer_bits.h"
#include "lutra/flow/layer_region.h"

namespace lutra {

/// The first layer with a net between layers that the netlist has, but with other values: one of the same name, or one that is equal in all events in which the
/// outputs are, that differs in a good part of the events in which outputs differ, and in far fewer of the others. Nothing when no such net is found.
std::optional<int> first_differing_layer(const DesignPair& designs, const LayerBits& bits, const NetSignatures& gold, const NetSignatures& gate);

}  // namespace lutra
