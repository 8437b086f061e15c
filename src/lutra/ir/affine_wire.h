#pragma once

/// Values on their way through lowering: a wire with an exact scale and offset still to be applied.

#include <optional>
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

/// The largest number of bits before and after the binary point of a value between two ops; any op on such values stays below max_width.
inline constexpr int max_value_bits = 800;

/// One term of an exact sum of affine values.
struct AffineTerm {
    AffineWire value;
    Dyadic weight = 1;
};

/// The sum of weight * value over the terms, plus a constant. The greatest common divisor of all factors becomes the scale of the result,
/// so that the circuit sums small integers whatever the scales are.
AffineWire affine_sum(CircuitBuilder& builder, std::span<const AffineTerm> terms, const Dyadic& constant);

/// a * b. A factor that is constant changes scale and offset only and costs nothing.
AffineWire affine_product(CircuitBuilder& builder, const AffineWire& a, const AffineWire& b);

/// A wire that carries the value itself, every bit of it.
Wire materialize(CircuitBuilder& builder, const AffineWire& value);

/// Materialised wires of all elements.
std::vector<Wire> materialize(CircuitBuilder& builder, const WireTensor& tensor);

/// The exact value of the element when it does not depend on any input.
std::optional<Dyadic> constant_value(const CircuitBuilder& builder, const AffineWire& value);

/// The boolean wire of value >= threshold. Compares the wire with one constant: neither scale nor offset costs anything.
Wire at_least(CircuitBuilder& builder, const AffineWire& value, const Dyadic& threshold);

/// The largest number of which all values are integer multiples, times a power of two; 1 when all are zero.
Dyadic common_scale(std::span<const Dyadic> values);

/// Values as wires with one scale for all: element i is scale * (value of wires[i]).
struct ScaledWires {
    std::vector<Wire> wires;
    Dyadic scale = 1;  ///< > 0
};

/// Brings values to their largest common scale, so that comparisons and sums of them see small integers.
ScaledWires with_common_scale(CircuitBuilder& builder, std::span<const AffineWire> values);

}  // namespace lutra
