#pragma once

/// Shapes of tensors. The batch axis is never part of a shape: a graph describes one event.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lutra {

/// Extents of the axes, outermost first; empty for a scalar.
using Shape = std::vector<std::int64_t>;

/// The largest number of elements of one tensor, and of axes, that a graph may have.
inline constexpr std::int64_t max_elements = std::int64_t{1} << 26;
inline constexpr std::size_t max_rank = 16;

/// The largest number of elements of a tensor of exact values: each becomes wires of its own.
inline constexpr std::int64_t max_exact_elements = std::int64_t{1} << 20;

/// Product of the extents; nothing if an extent is negative, or a limit is broken.
std::optional<std::int64_t> checked_num_elements(const Shape& shape);
/// Product of the extents of a valid shape; 1 for a scalar.
std::int64_t num_elements(const Shape& shape);

/// The common shape by the broadcasting rules of numpy and ONNX; nothing if there is none.
std::optional<Shape> broadcast(const Shape& a, const Shape& b);
/// For every element (row-major) of `target`, the index of the element of `source` that is broadcast there.
std::vector<std::int64_t> broadcast_indices(const Shape& source, const Shape& target);

/// Such as "16x64"; "scalar" for rank 0.
std::string to_string(const Shape& shape);

}  // namespace lutra
