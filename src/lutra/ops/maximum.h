#pragma once

#include <algorithm>

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = max(a, b); inputs are broadcast.
struct Maximum {
    static constexpr OpInfo info{.name = "maximum", .min_arity = 2, .max_arity = 2, .summary = "y = max(a, b)"};
    static constexpr std::tuple<> fields{};

    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return std::max(x[0], x[1]); }
};

}  // namespace lutra
