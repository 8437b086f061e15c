#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = x for x >= 0, else slope * x, with slopes of their own for each channel or element; inputs are broadcast.
struct Prelu {
    static constexpr OpInfo info{.name = "prelu", .min_arity = 2, .max_arity = 2, .summary = "y = x for x >= 0, else slope * x"};
    static constexpr std::tuple<> fields{};

    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] < 0 ? x[0] * x[1] : x[0]; }
};

}  // namespace lutra
