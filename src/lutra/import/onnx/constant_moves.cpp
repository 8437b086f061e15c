#include "lutra/import/onnx/constant_moves.h"

#include <algorithm>
#include <numeric>

namespace lutra::onnx {

std::vector<std::size_t> strides_of(const Shape& shape) {
    std::vector<std::size_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;) {
        strides[i - 1] = strides[i] * static_cast<std::size_t>(std::max<std::int64_t>(shape[i], 1));
    }
    return strides;
}

Result<Tensor> moved(NodeContext& context, const Tensor& source, Shape shape, const std::vector<std::size_t>& indices) {
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(indices.size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result{source.type, std::move(shape), {}, {}, source.names};
    for (const std::size_t index : indices) {
        if (source.is_real()) {
            result.reals.push_back(source.reals[index]);
        } else {
            result.integers.push_back(source.integers[index]);
        }
    }
    return result;
}

Result<Tensor> reshaped(NodeContext& context, const Tensor& source, Shape shape) {
    if (auto fits = context.reserve_constant(static_cast<std::int64_t>(source.size())); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    Tensor result = source;
    result.shape = std::move(shape);
    return result;
}

std::vector<std::size_t> picked(const Shape& shape, const std::vector<std::vector<std::int64_t>>& picks) {
    const auto strides = strides_of(shape);
    std::vector<std::size_t> indices = {0};
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        std::vector<std::size_t> next;
        next.reserve(indices.size() * picks[axis].size());
        for (const std::size_t index : indices) {
            for (const std::int64_t pick : picks[axis]) {
                next.push_back(index + static_cast<std::size_t>(pick) * strides[axis]);
            }
        }
        indices = std::move(next);
    }
    return indices;
}

std::vector<std::vector<std::int64_t>> whole(const Shape& shape) {
    std::vector<std::vector<std::int64_t>> picks;
    for (const std::int64_t extent : shape) {
        std::vector<std::int64_t> all(static_cast<std::size_t>(extent));
        std::iota(all.begin(), all.end(), 0);
        picks.push_back(std::move(all));
    }
    return picks;
}

std::vector<std::size_t> broadcast_elements(const Shape& from, const Shape& to) {
    const auto indices = broadcast_indices(from, to);
    return {indices.begin(), indices.end()};
}

}  // namespace lutra::onnx
