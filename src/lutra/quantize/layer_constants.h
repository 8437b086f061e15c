#pragma once

/// The constants of a layer that get types: its weights and its bias.

#include "lutra/ir/graph.h"

namespace lutra {

/// Weights (of a dense layer; factors of a batch normalisation; the value of a constant; rows of an embedding) and bias (empty where there is none).
struct LayerConstants {
    RealTensor weight;
    RealTensor bias;
};

/// The constants of a node that has weights. A batch normalisation is seen as factor * x + shift per channel.
LayerConstants constants_of(const Node& node);

/// The op of the node with these constants.
Op with_constants(const Node& node, LayerConstants constants);

}  // namespace lutra
