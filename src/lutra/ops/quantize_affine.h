#pragma once

/// How a Quantize of any exact value becomes primitives.

#include "lutra/ops/quantize.h"

namespace lutra {

/// A wire of type `element.quantization.type` (an integer, fraction 0) that carries q of the value, exactly.
/// Where value and scale differ by a power of two this is rounding and saturation of the wire. Otherwise q is a monotone step function of the
/// wire's integer: thresholds, a table, or a multiplication whose every step is checked. Fails with NotExact if no such form is small enough.
Result<Wire> quantize_affine(CircuitBuilder& builder, const AffineWire& value, const Quantize::Element& element);

}  // namespace lutra
