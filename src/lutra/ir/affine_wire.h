#pragma once

/// Values on their way through lowering: a wire with an exact scale and offset still to be applied.

#include <span>
#include <vector>

#include "lutra/circuit/builder.h"
#include "lutra/ir/shape.h"

namespace lutra {

/// The value scale * (value of the wire) + offset, exactly. Scales that are no powers of two, zero points, biases and batch normalisation
/// stay here, where they cost nothing, until an operation needs the value itself; a Quantize mostly never does.
struct AffineWire {
    Wire wire;
    Dyadic scale = 1;
    Dyadic offset = 0;
};

/// Tensor of values in lowering, row-major.
struct WireTensor {
    Shape shape;
    std::vector<AffineWire> elements;
};

/// One term of an exact sum of affine values.
struct AffineTerm {
    AffineWire value;
    Dyadic weight = 1;
};

/// The sum of weight * value over the terms, plus a constant. The greatest common divisor of all factors becomes the scale of the result, so
/// that the circuit sums small integers whatever the scales are.
AffineWire affine_sum(CircuitBuilder& builder, std::span<const AffineTerm> terms, const Dyadic& constant);

/// A wire that carries the value itself, every bit of it.
Wire materialize(CircuitBuilder& builder, const AffineWire& value);

/// Materialised wires of all elements.
std::vector<Wire> materialize(CircuitBuilder& builder, const WireTensor& tensor);

}  // namespace lutra
