#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = scale for x >= threshold, -scale for x <= -threshold, else 0.
struct Ternary {
    static constexpr OpInfo info{.name = "ternary", .summary = "y = scale for x >= threshold, -scale for x <= -threshold, else 0"};
    double threshold = 0.5;  ///< > 0
    double scale = 1;        ///< > 0

    static constexpr auto fields = std::tuple{Field{"threshold", &Ternary::threshold}, Field{"scale", &Ternary::scale}};

    Result<void> validate() const;
    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] >= threshold ? scale : (x[0] <= -threshold ? -scale : 0); }
};

}  // namespace lutra
