#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = scale for x >= 0, else -scale: QONNX BipolarQuant, with sign(0) = +1.
struct Bipolar {
    static constexpr OpInfo info{.name = "bipolar", .summary = "y = scale for x >= 0, else -scale"};
    double scale = 1;  ///< > 0

    static constexpr auto fields = std::tuple{Field{"scale", &Bipolar::scale}};

    Result<void> validate() const;
    Result<AffineWire> lower(CircuitBuilder& builder, std::span<const AffineWire> x) const;
    double reference(std::span<const double> x) const { return x[0] >= 0 ? scale : -scale; }
};

}  // namespace lutra
