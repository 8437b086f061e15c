#pragma once

/// The softmax of one line of values as primitives.

#include "lutra/ops/exponential.h"
#include "lutra/ops/power_law.h"

namespace lutra {

/// Lowers lines of one length with an error of at most E = 2^-error_bits per result. With d = largest - x:
///
///     e = exp(-d)          relative error 2^-4 E, absolute error E / (8 (N + 1)); exactly 1 or 0 where it saturates
///     s = sum of e         exactly; at least 1, because the largest x has d = 0
///     r = 1 / s            absolute error E / 8; e is at most 1
///     y = e * r            e cut to E / 32, rounded: E / 2
///
/// so |y - softmax| <= 2 * E/16 + E/8 + E/8 + E/32 + E/2 = 29/32 E; products of two errors fit in the rest.
class SoftmaxLine {
public:
    SoftmaxLine(std::size_t length, int error_bits);

    std::vector<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x);

    /// The steps up to the sum.
    struct Powers {
        ScaledWires distances;  ///< d
        std::vector<Wire> exponentials;
        Wire sum;
    };
    Powers powers(CircuitBuilder& builder, std::span<const AffineWire> x);

private:
    std::vector<Wire> distances(CircuitBuilder& builder, const std::vector<Wire>& values) const;
    Wire exponential(CircuitBuilder& builder, Wire distance, const Dyadic& scale);

    std::size_t length_;
    int error_bits_;
    int fraction_;                       ///< of every e
    FunctionApproximation exponential_;  ///< of narrow distances
    Exponential wide_exponential_;
    PowerLaw reciprocal_;
};

}  // namespace lutra
