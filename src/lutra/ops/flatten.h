#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// All elements in row-major order along one axis.
struct Flatten {
    static constexpr OpInfo info{.name = "flatten", .summary = "y = the elements of x in row-major order, along one axis"};
    static constexpr std::tuple<> fields{};

    Result<Shape> infer_shape(std::span<const Shape> inputs) const { return Shape{num_elements(inputs[0])}; }
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const { return {{static_cast<std::int64_t>(inputs[0].size())}, inputs[0].values}; }
};

}  // namespace lutra
