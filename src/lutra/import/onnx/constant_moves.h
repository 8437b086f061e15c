#pragma once

/// Constants whose elements only move.

#include "lutra/import/onnx/node_context.h"

namespace lutra::onnx {

/// Elements of a tensor in a new order and shape.
Result<Tensor> moved(NodeContext& context, const Tensor& source, Shape shape, const std::vector<std::size_t>& indices);

/// The same elements in another shape.
Result<Tensor> reshaped(NodeContext& context, const Tensor& source, Shape shape);

/// Indices of the elements picked by one list of indices per axis, row-major.
std::vector<std::size_t> picked(const Shape& shape, const std::vector<std::vector<std::int64_t>>& picks);

/// Row-major distances between neighbours along each axis.
std::vector<std::size_t> strides_of(const Shape& shape);

/// Lists that pick every element.
std::vector<std::vector<std::int64_t>> whole(const Shape& shape);

/// The element of a tensor of shape `from` that stands at each place of `to`, to which it broadcasts.
std::vector<std::size_t> broadcast_elements(const Shape& from, const Shape& to);

}  // namespace lutra::onnx
