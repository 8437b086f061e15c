#include "lutra/optimize/share_terms.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "lutra/optimize/term_sharing.h"

namespace lutra {

namespace {

/// Operands [first_row, first_row + num_rows) in the columns [first_column, first_column + num_columns).
struct Block {
    std::uint32_t first_row = 0;
    std::uint32_t first_column = 0;
    std::uint32_t num_rows = 0;
    std::uint32_t num_columns = 0;
};

/// Pairs of terms that have a column of a block in common, and those that have a row in common.
struct NumPairs {
    std::uint64_t in_columns = 0;
    std::uint64_t in_rows = 0;
};

std::uint64_t pairs_of(std::uint64_t count) { return count * (count - 1) / 2; }

/// All blocks of a size together. Each column is sorted by operand.
NumPairs count_pairs(const std::vector<TermColumn>& columns, const Block& size, std::uint32_t num_operands) {
    NumPairs pairs;
    std::vector<std::uint32_t> in_row(num_operands, 0);
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        for (auto begin = columns[c].begin(); begin != columns[c].end();) {
            const std::uint32_t block = begin->node / size.num_rows;
            const auto end = std::find_if(begin, columns[c].end(), [&](const SignedTerm& term) { return term.node / size.num_rows != block; });
            pairs.in_columns += pairs_of(static_cast<std::uint64_t>(end - begin));
            begin = end;
        }
        for (const SignedTerm& term : columns[c]) {
            pairs.in_rows += in_row[term.node]++;
        }
        if ((c + 1) % size.num_columns == 0) {
            std::ranges::fill(in_row, 0U);
        }
    }
    return pairs;
}

/// The largest blocks that have few enough pairs. Patterns of operands are found again in every column: they are worth more the more columns a
/// block has, so patterns of columns are given up first, and then operands are taken in parts.
Block choose_block(const std::vector<TermColumn>& columns, std::uint32_t num_operands, ShareOptions& options) {
    Block size{.num_rows = std::max(num_operands, 1U), .num_columns = std::max(static_cast<std::uint32_t>(columns.size()), 1U)};
    while (true) {
        const NumPairs pairs = count_pairs(columns, size, num_operands);
        options.shares_between_columns = options.shares_between_columns && pairs.in_columns + pairs.in_rows <= options.max_pairs;
        if (pairs.in_columns <= options.max_pairs || (size.num_rows == 1 && size.num_columns == 1)) {
            return size;
        }
        std::uint32_t& larger = size.num_rows > 1 ? size.num_rows : size.num_columns;
        larger = (larger + 1) / 2;
    }
}

/// The patterns of these columns can be numbered.
bool can_count(const std::vector<TermColumn>& columns, std::size_t num_operands) {
    std::size_t num_lines = num_operands + columns.size();
    int max_shift = 0;
    for (const TermColumn& column : columns) {
        num_lines += 2 * column.size();
        for (const SignedTerm& term : column) {
            max_shift = std::max(max_shift, term.shift);
        }
    }
    return num_lines < PatternCounts::max_lines && max_shift < PatternCounts::max_distance / 2;
}

/// Leaves that a tree of the given depth leaves to a part of its terms.
std::uint64_t leaves_allowed(int depth, std::size_t num_terms, std::size_t num_part_terms) {
    return num_terms == 0 ? 1 : TermDepths::leaves_of(depth) * num_part_terms / num_terms;
}

/// Additions of two operands in all sums.
std::size_t num_adders(const SharedTerms& shared) {
    std::size_t adders = 0;
    for (const auto* sums : {&shared.nodes, &shared.columns}) {
        for (const TermColumn& sum : *sums) {
            adders += sum.empty() ? 0 : sum.size() - 1;
        }
    }
    return adders;
}

class BlockSharing {
public:
    BlockSharing(const std::vector<int>& widths, const std::vector<TermColumn>& columns, const ShareOptions& options)
        : widths_(widths), columns_(columns), options_(options), next_(columns.size(), 0) {
        std::size_t largest = 0;
        for (const TermColumn& column : columns) {
            largest = std::max(largest, column.size());
        }
        depth_ = TermDepths::depth_of(largest) + options.extra_levels;
        result_.num_operands = static_cast<std::uint32_t>(widths.size());
        result_.columns.resize(columns.size());
    }

    SharedTerms run(const Block& size) {
        const auto num_columns = static_cast<std::uint32_t>(columns_.size());
        for (std::uint32_t row = 0; row < result_.num_operands; row += size.num_rows) {
            for (std::uint32_t column = 0; column < num_columns; column += size.num_columns) {
                share({row, column, std::min(size.num_rows, result_.num_operands - row), std::min(size.num_columns, num_columns - column)});
            }
        }
        return std::move(result_);
    }

private:
    /// Shares in a block, to which the next terms of its columns belong.
    void share(const Block& block) {
        std::vector<TermColumn> part(block.num_columns);
        std::vector<std::uint64_t> max_leaves;
        for (std::uint32_t c = 0; c < block.num_columns; ++c) {
            const TermColumn& column = columns_[block.first_column + c];
            std::size_t& next = next_[block.first_column + c];
            for (; next < column.size() && column[next].node - block.first_row < block.num_rows; ++next) {
                part[c].push_back(column[next]);
                part[c].back().node -= block.first_row;
            }
            max_leaves.push_back(leaves_allowed(depth_, column.size(), part[c].size()));
        }
        const auto first = widths_.begin() + block.first_row;
        append(best_of_tries(std::vector<int>(first, first + block.num_rows), part, max_leaves), block);
    }

    SharedTerms best_of_tries(const std::vector<int>& widths, const std::vector<TermColumn>& part, const std::vector<std::uint64_t>& max_leaves) const {
        constexpr std::uint64_t max_tries = 6;
        const NumPairs pairs =
            count_pairs(part, {.num_rows = std::max(static_cast<std::uint32_t>(widths.size()), 1U), .num_columns = static_cast<std::uint32_t>(part.size())},
                        static_cast<std::uint32_t>(widths.size()));
        const std::uint64_t num_tries =
            std::clamp(options_.max_tried_pairs / std::max<std::uint64_t>((pairs.in_columns + pairs.in_rows), 1), std::uint64_t{1}, max_tries);
        std::optional<SharedTerms> best;
        ShareOptions options = options_;
        for (std::uint64_t i = 0; i < num_tries; ++i, options.weight_offset += 3) {
            TermSharing sharing(widths, options);
            sharing.add_columns(part, max_leaves);
            sharing.run();
            SharedTerms found = sharing.result();
            if (!best || num_adders(found) < num_adders(*best)) {
                best = std::move(found);
            }
        }
        return std::move(*best);
    }

    void append(const SharedTerms& shared, const Block& block) {
        const std::uint32_t nodes_before = result_.num_operands + static_cast<std::uint32_t>(result_.nodes.size());
        const auto renumbered = [&](SignedTerm term) {
            term.node += term.node < shared.num_operands ? block.first_row : nodes_before - shared.num_operands;
            return term;
        };
        for (const TermColumn& node : shared.nodes) {
            std::ranges::transform(node, std::back_inserter(result_.nodes.emplace_back()), renumbered);
        }
        for (std::size_t c = 0; c < shared.columns.size(); ++c) {
            std::ranges::transform(shared.columns[c], std::back_inserter(result_.columns[block.first_column + c]), renumbered);
        }
    }

    const std::vector<int>& widths_;
    const std::vector<TermColumn>& columns_;
    ShareOptions options_;
    int depth_ = 0;                  ///< that no column may exceed
    std::vector<std::size_t> next_;  ///< per column: the first term that no block has taken
    SharedTerms result_;
};

}  // namespace

SharedTerms share_terms(const std::vector<int>& operand_widths, std::vector<TermColumn> columns, const ShareOptions& options) {
    const auto num_operands = static_cast<std::uint32_t>(operand_widths.size());
    for (TermColumn& column : columns) {
        std::ranges::sort(column, {}, [](const SignedTerm& term) { return std::tuple(term.node, term.shift); });
    }
    if (!can_count(columns, num_operands)) {
        return {.num_operands = num_operands, .nodes = {}, .columns = std::move(columns)};
    }
    ShareOptions chosen = options;
    const Block block = choose_block(columns, num_operands, chosen);
    return BlockSharing(operand_widths, columns, chosen).run(block);
}

}  // namespace lutra
