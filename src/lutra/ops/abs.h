#pragma once

#include <cmath>

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = |x|.
struct Abs {
    static constexpr OpInfo info{.name = "abs", .homogeneous = true, .summary = "y = |x|"};
    static constexpr std::tuple<> fields{};

    Wire lower(CircuitBuilder& builder, std::span<const Wire> x) const { return builder.abs(x[0]); }
    double reference(std::span<const double> x) const { return std::abs(x[0]); }
};

}  // namespace lutra
