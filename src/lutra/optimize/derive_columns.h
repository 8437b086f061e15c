#pragma once

/// Columns that are near other columns.

#include <cstdint>
#include <utility>
#include <vector>

namespace lutra {

/// The coefficients of a sum that are not zero, ascending by operand.
using SparseVector = std::vector<std::pair<std::uint32_t, std::int64_t>>;

/// a - factor * b.
SparseVector difference(const SparseVector& a, const SparseVector& b, int factor);

/// How a column is computed: from nothing, or as factor * column `from` and the difference.
struct Derivation {
    std::uint32_t column = 0;
    std::uint32_t from = 0;
    int factor = 0;  ///< 0: from nothing, -1 or 1
};

/// A minimum spanning tree over the columns and zero, where an edge weighs the signed digits of a difference, plus one for adding it (Prim 1957). Columns come
/// after those that they are derived from. No column gets deeper than `max_depth` levels of adders.
std::vector<Derivation> derive_columns(const std::vector<SparseVector>& columns, int max_depth);

}  // namespace lutra
