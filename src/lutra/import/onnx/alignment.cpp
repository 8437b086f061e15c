#include "lutra/import/onnx/alignment.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra::onnx {

Alignment align(const NodeContext& context, const Event& event, std::size_t constant_rank) {
    const auto event_rank = static_cast<int>(context.full_shape(event).size());
    const int rank = std::max(event_rank, static_cast<int>(constant_rank));
    return {rank, event.has_batch() ? event.batch_axis + rank - event_rank : -1};
}

Result<RealTensor> per_event(const NodeContext& context, const Tensor& constant, const Alignment& alignment) {
    RealTensor result = to_real(constant);
    const int axis = alignment.batch_axis - (alignment.rank - static_cast<int>(constant.shape.size()));
    if (alignment.batch_axis >= 0 && axis >= 0) {
        if (result.shape[static_cast<std::size_t>(axis)] != 1) {
            return context.unsupported(fmt::format("a constant of shape {} has several values along the batch axis ({})", to_string(constant.shape), axis),
                                       "events must not depend on their place in the batch");
        }
        result.shape.erase(result.shape.begin() + axis);
    }
    while (!result.shape.empty() && result.shape.front() == 1) {
        result.shape.erase(result.shape.begin());
    }
    return result;
}

}  // namespace lutra::onnx
