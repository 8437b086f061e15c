#pragma once

/// Elements of a tensor moved to other places: what slices and permutations are made of.

#include <cstdint>
#include <vector>

#include "lutra/ir/affine_wire.h"

namespace lutra {

/// The tensor whose element (i, j, ...) is element (taken[0][i], taken[1][j], ...) of the source; one list of valid indices per axis.
WireTensor gather(const WireTensor& source, const std::vector<std::vector<std::int64_t>>& taken);

/// For every element (row-major) of a tensor of `shape` with its axes permuted, the element of the source that stands there. Axis i of the
/// result is axis permutation[i] of the source.
std::vector<std::size_t> transposed_elements(const Shape& shape, const std::vector<std::int64_t>& permutation);

}  // namespace lutra
