#pragma once

#include "lutra/ops/function_op.h"

namespace lutra {

/// y = x * Phi(x) with the normal distribution function Phi, or the formula with tanh that many models use for it: the two differ by up to 0.0005.
struct Gelu : FunctionOp<Gelu> {
    static constexpr OpInfo info{.name = "gelu", .summary = "y = x * (1 + erf(x / sqrt(2))) / 2, or x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2"};
    bool tanh = false;  ///< the formula with tanh

    static constexpr auto fields = std::tuple{Field{"max_error", &Gelu::max_error}, Field{"tanh", &Gelu::tanh}};

    FunctionApproximation approximation(int error_bits) const;
    double value(double x) const;
};

}  // namespace lutra
