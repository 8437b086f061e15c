#pragma once

/// What all layers of HGQ2 have in common.

#include "lutra/import/keras/hgq_quantizer.h"

namespace lutra::keras {

/// The layer's own weights of these names. The two that count bits in training stand at `counters_at` in the file and are left out here.
Result<std::vector<RealTensor>> read_hgq_weights(LayerContext& context, std::vector<std::string_view> names, std::size_t counters_at);

/// The inputs of a layer that has several, each through its own quantiser.
Result<std::vector<NodeId>> add_hgq_input_quantizers(LayerContext& context);

}  // namespace lutra::keras
