#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = x for x > threshold, else 0.
struct ThresholdedRelu {
    static constexpr OpInfo info{.name = "thresholded_relu", .summary = "y = x for x > threshold, else 0"};
    double threshold = 1;

    static constexpr auto fields = std::tuple{Field{"threshold", &ThresholdedRelu::threshold}};

    Result<void> validate() const;
    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] > threshold ? x[0] : 0; }
};

}  // namespace lutra
