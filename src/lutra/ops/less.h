#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = 1 for a < b, else 0; inputs are broadcast. A comparison with a constant costs neither scale nor offset.
struct Less {
    static constexpr OpInfo info{.name = "less", .min_arity = 2, .max_arity = 2, .summary = "y = 1 for a < b, else 0"};
    static constexpr std::tuple<> fields{};

    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] < x[1] ? 1 : 0; }
};

}  // namespace lutra
