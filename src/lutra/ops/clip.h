#pragma once

#include <limits>

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = min(max(x, low), high). Bounds that are multiples of the value's scale cost no multiplier.
struct Clip {
    static constexpr OpInfo info{.name = "clip", .summary = "y = min(max(x, min), max)"};
    double low = -std::numeric_limits<double>::infinity();  ///< minus infinity: no bound
    double high = std::numeric_limits<double>::infinity();  ///< infinity: no bound

    static constexpr auto fields = std::tuple{Field{"min", &Clip::low}, Field{"max", &Clip::high}};

    Result<void> validate() const;
    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const;
};

}  // namespace lutra
