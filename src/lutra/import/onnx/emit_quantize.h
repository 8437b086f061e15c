#pragma once

/// The one way from the file's quantisers to the layer op `quantize`.

#include "lutra/import/onnx/alignment.h"

namespace lutra::onnx {

/// A quantiser on a tensor of the event: q = clamp(round(x / scale) + zero_point), y = (q - zero_point) * scale, of integers low..high.
struct IntegerQuantizer {
    RealTensor scale;  ///< as it meets one event
    RealTensor zero_point;
    std::int64_t low = 0;
    std::int64_t high = 0;
};

/// Appends the layers. `round` comes before the zero point is added, as ONNX has it: where an odd zero point would move ties, the value is
/// clipped first and quantised without zero point, which is the same. Ranges that are no type's range are clipped too.
Result<Event> emit_quantize(NodeContext& context, const Event& input, const IntegerQuantizer& quantizer);

/// Lists that x / scale is taken exactly, where a scale is no power of two and the framework's float32 quotient may differ.
void decide_exact_quotient(NodeContext& context, const RealTensor& scale);

}  // namespace lutra::onnx
