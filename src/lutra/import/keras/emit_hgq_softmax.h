#pragma once

#include "lutra/import/keras/layer_context.h"

namespace lutra::keras {

/// Appends HGQ's softmax by the options of the layer: exp(-(max - x)) and 1 / sum as tables between quantisers; all else is exact. The mask, of the shape of
/// the input or one that broadcasts to it, is 0 where an element takes no part; null where all do.
Result<NodeId> emit_hgq_softmax(LayerContext& context, const RealTensor* mask);

}  // namespace lutra::keras
