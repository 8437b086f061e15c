#pragma once

#include "lutra/import/onnx/node_context.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra::onnx {

/// Attributes of a QONNX Quant (or IntQuant) and its bit width.
struct QuantParameters {
    bool is_signed = true;
    bool is_narrow = true;
    Rounding rounding = Rounding::HalfToEven;

    /// A signed quantiser of one bit is bipolar in QONNX: -1 and +1.
    bool is_bipolar(double width) const { return is_signed && width == 1; }
    /// Bounds of the integers of this many bits.
    double low(double width) const;
    double high(double width) const;
};

Result<QuantParameters> quant_parameters(NodeContext& context);

/// The mode of QONNX's name: ROUND (HALF_EVEN), CEIL, FLOOR, UP, DOWN (ROUND_TO_ZERO), HALF_UP (away from zero) and HALF_DOWN (towards zero).
Result<Rounding> qonnx_rounding(NodeContext& context, const std::string& otherwise);

}  // namespace lutra::onnx
