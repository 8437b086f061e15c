#include "lutra/ops/broadcast.h"

#include <fmt/format.h>

namespace lutra {

Result<void> Broadcast::validate() const {
    if (!checked_num_elements(shape)) {
        return fail(DiagnosticId::InvalidAttribute, "broadcast", fmt::format("a shape has a negative extent or more than {} elements", max_elements));
    }
    return {};
}

Result<Shape> Broadcast::infer_shape(std::span<const Shape> inputs) const {
    if (lutra::broadcast(inputs[0], shape) != shape) {
        return fail(DiagnosticId::ShapeMismatch, "broadcast", fmt::format("the shape {} does not broadcast to {}", to_string(inputs[0]), to_string(shape)));
    }
    return shape;
}

Result<WireTensor> Broadcast::lower(CircuitBuilder&, std::span<const WireTensor> inputs) const {
    WireTensor result{shape, {}};
    for (const std::int64_t source : broadcast_indices(inputs[0].shape, shape)) {
        result.elements.push_back(inputs[0].elements[static_cast<std::size_t>(source)]);
    }
    return result;
}

RealTensor Broadcast::reference(std::span<const RealTensor> inputs) const {
    // From the coordinates of the result: an axis of extent 1 has one index, new axes are dropped.
    const RealTensor& x = inputs[0];
    RealTensor y(shape, std::vector<double>(static_cast<std::size_t>(num_elements(shape))));
    for (std::size_t i = 0; i < y.size(); ++i) {
        auto rest = static_cast<std::int64_t>(i);
        std::int64_t source = 0;
        std::int64_t stride = 1;
        for (std::size_t back = 1; back <= shape.size(); ++back) {
            const std::int64_t coordinate = rest % shape[shape.size() - back];
            rest /= shape[shape.size() - back];
            if (back <= x.shape.size()) {
                const std::int64_t extent = x.shape[x.shape.size() - back];
                source += extent == 1 ? 0 : coordinate * stride;
                stride *= extent;
            }
        }
        y.values[i] = x[static_cast<std::size_t>(source)];
    }
    return y;
}

}  // namespace lutra
