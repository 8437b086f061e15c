#pragma once

#include <limits>

#include "lutra/ir/layer_op.h"

namespace lutra {

/// Joins tensors along one axis.
struct Concat {
    static constexpr OpInfo info{.name = "concat", .max_arity = std::numeric_limits<int>::max(), .summary = "y = the inputs behind each other along axis"};
    int axis = -1;  ///< negative: counted from the last axis

    static constexpr auto fields = std::tuple{Field{"axis", &Concat::axis}};

    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
