#pragma once

#include "lutra/ir/layer_op.h"

namespace lutra {

/// Takes every step-th index from start to before end along some axes, as the Slice of ONNX does: negative starts and ends count from the
/// end, all are brought into range, a negative step walks backwards.
struct Slice {
    static constexpr OpInfo info{.name = "slice", .summary = "y = x[start:end:step] along each of axes"};
    std::vector<std::int64_t> starts = {};
    std::vector<std::int64_t> ends = {};
    std::vector<std::int64_t> axes = {};   ///< empty: 0, 1, ...
    std::vector<std::int64_t> steps = {};  ///< empty: all 1

    static constexpr auto fields =
        std::tuple{Field{"starts", &Slice::starts}, Field{"ends", &Slice::ends}, Field{"axes", &Slice::axes}, Field{"steps", &Slice::steps}};

    Result<void> validate() const;
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
};

}  // namespace lutra
