#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = x for x >= 0, else alpha * x, exactly for any slope: one of few bits costs few adders.
struct LeakyRelu {
    static constexpr OpInfo info{.name = "leaky_relu", .homogeneous = true, .summary = "y = x for x >= 0, else alpha * x"};
    double alpha = 0.125;  ///< slope for negative values

    static constexpr auto fields = std::tuple{Field{"alpha", &LeakyRelu::alpha}};

    Result<void> validate() const;
    Wire lower(CircuitBuilder& builder, std::span<const Wire> x) const;
    double reference(std::span<const double> x) const { return x[0] < 0 ? alpha * x[0] : x[0]; }
};

}  // namespace lutra
