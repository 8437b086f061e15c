#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// The same elements in row-major order in another shape.
struct Reshape {
    static constexpr OpInfo info{.name = "reshape", .summary = "y = the elements of x in row-major order, in another shape"};
    Shape shape;  ///< of the output; without the batch axis, no wildcards

    static constexpr auto fields = std::tuple{Field{"shape", &Reshape::shape}};

    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
