#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = x, repeated along axes of extent 1 and along new axes in front until it has the shape: numpy's broadcast_to.
struct Broadcast {
    static constexpr OpInfo info{.name = "broadcast", .summary = "y = x repeated to shape, as numpy broadcasts"};
    Shape shape;

    static constexpr auto fields = std::tuple{Field{"shape", &Broadcast::shape}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
