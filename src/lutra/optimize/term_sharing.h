#pragma once

/// The greedy steps of share_terms on one grid of terms.

#include <cstdint>
#include <vector>

#include "lutra/optimize/derive_columns.h"
#include "lutra/optimize/pattern_queue.h"
#include "lutra/optimize/share_terms.h"
#include "lutra/optimize/term_depths.h"
#include "lutra/optimize/term_grid.h"

namespace lutra {

/// Columns over operands, in which one pattern after the other becomes a node.
class TermSharing {
public:
    TermSharing(const std::vector<int>& operand_widths, const ShareOptions& options);

    /// Adds the columns, once; column c may have up to max_leaves[c] leaves (TermDepths).
    void add_columns(const std::vector<TermColumn>& columns, const std::vector<std::uint64_t>& max_leaves);
    /// Shares until nothing is gained any more.
    void run();
    /// What came of it. A node that is used once stands in the sum that uses it.
    SharedTerms result() const;

private:
    using Matches = std::vector<TermGrid::Match>;

    void add_digits(std::uint32_t column, const SparseVector& coefficients);
    std::uint32_t row_of(std::uint32_t column);
    int width_of_sum(std::uint32_t column) const;
    void offer_frequent();
    std::uint64_t gain(const FoundPattern& found, std::uint64_t count) const;
    int overlap(const Pattern& pattern) const;
    bool is_best(const FoundPattern& found, std::uint64_t count, std::size_t rank);
    void share_rows(const FoundPattern& found, Matches matches);
    void share_columns(const FoundPattern& found, const Matches& matches);

    ShareOptions options_;
    std::uint32_t num_operands_ = 0;
    std::uint32_t num_sums_ = 0;  ///< columns that were added from outside
    TermGrid grid_;
    TermDepths depths_;
    std::vector<int> widths_;         ///< per row
    std::vector<int> column_widths_;  ///< per column: of its terms, on average
    PatternQueue queue_;              ///< ranks as they were when offered: counts only fall after that
};

}  // namespace lutra
