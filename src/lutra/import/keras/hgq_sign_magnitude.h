#pragma once

#include "lutra/import/keras/hgq_quantizer.h"

namespace lutra::keras {

/// Appends a signed quantiser with HGQ's overflow WRAP_SM: beyond the range values run back and forth, as a triangle. HGQ asks before rounding on which
/// side of the triangle a value lies, so that within half a step of the points where the result passes 0 far outside of the range it takes the other side.
Result<NodeId> add_hgq_sign_magnitude(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input);

}  // namespace lutra::keras
