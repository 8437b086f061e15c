#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = max(x, 0).
struct Relu {
    static constexpr OpInfo info{.name = "relu", .homogeneous = true, .summary = "y = max(x, 0)"};
    static constexpr std::tuple<> fields{};

    Wire lower(CircuitBuilder& builder, std::span<const Wire> x) const { return builder.max(x[0], builder.constant(0)); }
    double reference(std::span<const double> x) const { return x[0] > 0 ? x[0] : 0; }
};

}  // namespace lutra
