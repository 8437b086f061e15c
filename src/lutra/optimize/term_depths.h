#pragma once

/// Depths of shared nodes, kept below what the columns are allowed.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "lutra/optimize/term_grid.h"

namespace lutra {

/// Levels of two-operand adders behind each row of a grid. A term of depth d takes 2^d of the leaves of a tree of adders: a column of depth d has at most
/// 2^d leaves (Kraft's inequality).
class TermDepths {
public:
    explicit TermDepths(const TermGrid& grid) : grid_(grid) {}

    static std::uint64_t leaves_of(int depth) { return std::uint64_t{1} << depth; }
    static int depth_of(std::uint64_t leaves);

    /// A row that is an operand.
    void add_operand() { depths_.push_back(0); }
    /// A column that may have up to `max_leaves`.
    void add_column(std::uint64_t num_leaves, std::uint64_t max_leaves);
    /// A new row, which is the sum of a column.
    void add_row_of(std::uint32_t column);

    int operator[](std::uint32_t row) const { return depths_[row]; }
    std::uint64_t leaves(std::uint32_t column) const { return leaves_[column]; }
    /// The row that is the sum of a column.
    std::optional<std::uint32_t> row_of(std::uint32_t column) const { return rows_of_[column] == none ? std::nullopt : std::optional(rows_of_[column]); }

    /// Lets a column have more leaves, and so all that use its sum; does nothing and gives false where one of them may not.
    bool grow(std::uint32_t column, std::uint64_t growth);
    /// Keeps all growths since the last `keep`.
    void keep() { changes_.clear(); }
    /// Undoes all growths since the last `keep`; no rows and columns may have been added meanwhile.
    void undo() { undo_to(0); }

    static constexpr std::uint64_t unlimited = std::uint64_t{1} << 50;

private:
    struct Change {
        std::uint32_t column = 0;
        std::uint64_t leaves = 0;  ///< as they were
        int depth = 0;             ///< of the column's row, as it was
    };

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    void undo_to(std::size_t num_changes);
    bool raise(std::uint32_t column, std::uint64_t growth);

    const TermGrid& grid_;
    std::vector<int> depths_;                ///< per row
    std::vector<std::uint64_t> leaves_;      ///< per column
    std::vector<std::uint64_t> max_leaves_;  ///< per column
    std::vector<std::uint32_t> rows_of_;     ///< per column
    std::vector<Change> changes_;            ///< since the last keep
};

}  // namespace lutra
