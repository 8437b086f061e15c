#pragma once

/// 1 / x, the square root of x and 1 / sqrt(x) for numbers of any magnitude.

#include <functional>

#include "lutra/ops/function_approximation.h"

namespace lutra {

enum class Power { Reciprocal, SquareRoot, ReciprocalRoot };

/// f(factor * m) of a normalised m with factor in [1, 2): for Reciprocal m = 1 + z and z in [0, 1); else m = (1 + z) / 2 for z < 1, m = z for
/// z in [1, 2), which with_parity() gives.
RealFunction mantissa_function(Power power, const Dyadic& factor);

/// Lowers y = min(f(x), limit) for x >= 0, with f(0) = limit, or 0 for the square root; a negative x is taken as 0. The error is at most
/// E = 2^-error_bits. x is normalised to m * 2^k, or m * 4^k for roots, a table gives f(m), and stages of muxes move the result back. Errors: table
/// E/8 at the largest k, bits of x that are cut E/8, moves E/8, x beyond which f is taken as constant E/8, rounding of the result E/2.
class PowerLaw {
public:
    PowerLaw(Power power, int error_bits, const Dyadic& limit) : power_(power), error_bits_(error_bits), limit_(limit) {}

    Wire lower(CircuitBuilder& builder, const AffineWire& x);

private:
    /// Integers x / unit that matter: below lowest f is its limit, above highest it is as at highest.
    struct Range {
        Integer lowest;
        Integer highest;
    };

    Range range_of(const Dyadic& unit) const;
    int cut_bits(const Dyadic& unit, const Integer& lowest) const;
    Wire lower_integer(CircuitBuilder& builder, Wire x, const Dyadic& unit);
    Wire look_up(CircuitBuilder& builder, Wire z, int fraction, const Dyadic& factor, int bits);

    Power power_;
    int error_bits_;
    Dyadic limit_;
    std::map<std::pair<Dyadic, int>, FunctionApproximation> tables_;  ///< by factor and error bits
};

/// The functions of wide range share a table for values of few steps, exactly rounded, and a form for all others.
class WideFunction {
public:
    WideFunction(std::function<Integer(const Dyadic& x, int fraction)> rounded, int error_bits, std::function<Wire(CircuitBuilder&, const AffineWire&)> wide);

    Wire lower(CircuitBuilder& builder, const AffineWire& x);

private:
    FunctionApproximation table_;
    std::function<Wire(CircuitBuilder&, const AffineWire&)> wide_;
};

/// InvalidAttribute of the op unless the limit of its results is from 1 to 2^20 and at most 2^30 errors.
Result<void> check_limit(std::string_view op, double limit, double max_error);

}  // namespace lutra
