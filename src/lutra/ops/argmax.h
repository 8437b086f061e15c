#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// The index of the largest element along an axis, which vanishes. Exact; of equal elements the one of the lowest index wins, as in ONNX.
struct Argmax {
    static constexpr OpInfo info{.name = "argmax", .summary = "y = index of the largest x along axis; the lowest index wins ties"};
    int axis = -1;  ///< negative: counted from the last axis

    static constexpr auto fields = std::tuple{Field{"axis", &Argmax::axis}};

    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
