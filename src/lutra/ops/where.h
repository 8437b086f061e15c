#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = a where the condition is not 0, else b; inputs are broadcast.
struct Where {
    static constexpr OpInfo info{.name = "where", .min_arity = 3, .max_arity = 3, .summary = "y = a for condition != 0, else b"};
    static constexpr std::tuple<> fields{};

    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] != 0 ? x[1] : x[2]; }
};

}  // namespace lutra
