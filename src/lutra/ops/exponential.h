#pragma once

/// exp(x) for wide x as primitives.

#include "lutra/ops/function_approximation.h"

namespace lutra {

/// exp(x) = 2^top * 2^-k * 2^-f with k + f = top - x / ln 2, f in [0, 1): a multiplication, a table of 2^-f and stages of muxes. With n = precision
/// the relative errors are: x cut to 2^-(n+6), the factor 1 / ln 2 rounded 2^-(n+7), k + f cut 0.7 * 2^-(n+8), the table of 2^-f twice 2^-(n+6);
/// together below 2^-(n+4). Each of the few stages cuts the result to `fraction` bits, and below 2^-(fraction + 1) it is taken as constant.
class Exponential {
public:
    /// `fraction` >= precision - top + 6 for every top that is used.
    Exponential(int precision, int fraction);

    /// exp(x) for an x without offset, of which nothing above top * ln 2 is told apart; top >= 0.
    Wire lower(CircuitBuilder& builder, const AffineWire& x, int top = 0);

private:
    int precision_;
    int fraction_;
    FunctionApproximation power_of_two_;
};

}  // namespace lutra
