#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = a + b, exactly; inputs are broadcast.
struct Add {
    static constexpr OpInfo info{.name = "add", .min_arity = 2, .max_arity = 2, .summary = "y = a + b"};
    static constexpr std::tuple<> fields{};

    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] + x[1]; }
};

}  // namespace lutra
