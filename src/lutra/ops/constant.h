#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// y = value, exactly.
struct Constant {
    static constexpr OpInfo info{.name = "constant", .min_arity = 0, .max_arity = 0, .summary = "y = value"};
    RealTensor value;

    static constexpr auto fields = std::tuple{Field{"value", &Constant::value}};

    Result<Shape> infer_shape(std::span<const Shape>) const { return value.shape; }
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor>) const { return value; }
};

}  // namespace lutra
