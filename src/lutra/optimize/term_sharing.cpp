#include "lutra/optimize/term_sharing.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "lutra/optimize/signed_digits.h"

namespace lutra {

namespace {

/// Coefficients fit into 64 bits, with room for differences.
constexpr int max_summed_shift = 56;
/// Comparisons of coefficients that finding the nearest columns may take.
constexpr std::uint64_t max_comparisons = 100'000'000;

bool can_sum(const std::vector<TermColumn>& columns) {
    return std::ranges::all_of(
        columns, [](const TermColumn& column) { return std::ranges::all_of(column, [](const SignedTerm& term) { return term.shift <= max_summed_shift; }); });
}

SparseVector coefficients_of(const TermColumn& column) {
    std::map<std::uint32_t, std::int64_t> sums;
    for (const SignedTerm& term : column) {
        const std::int64_t weight = std::int64_t{1} << term.shift;
        sums[term.node] += term.is_negative ? -weight : weight;
    }
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return {sums.begin(), sums.end()};
}

std::vector<Derivation> derivations(const std::vector<SparseVector>& columns, const std::vector<std::uint64_t>& max_leaves, bool derives) {
    std::uint64_t num_coefficients = 0;
    for (const SparseVector& column : columns) {
        num_coefficients += column.size();
    }
    if (derives && num_coefficients * columns.size() <= max_comparisons && !columns.empty()) {
        return derive_columns(columns, TermDepths::depth_of(std::ranges::min(max_leaves) + 1) - 1);
    }
    std::vector<Derivation> none(columns.size());
    for (std::uint32_t c = 0; c < none.size(); ++c) {
        none[c].column = c;
    }
    return none;
}

/// The nodes and columns of a grid as sums; see TermSharing::result.
class GridReader {
public:
    GridReader(const TermGrid& grid, const TermDepths& depths, std::uint32_t num_operands)
        : grid_(grid), column_of_(grid.num_rows(), none), nodes_(grid.num_rows()), num_uses_(grid.num_rows(), 0) {
        for (std::uint32_t c = 0; c < grid.num_columns(); ++c) {
            if (const auto row = depths.row_of(c)) {
                column_of_[*row] = c;
            }
            for (const TermGrid::TermId id : grid.column(c)) {
                num_uses_[grid[id].row] += grid[id].is_alternative ? 0 : 1;
            }
        }
        result_.num_operands = num_operands;
    }

    SharedTerms run(const TermDepths& depths, std::uint32_t num_sums) {
        for (std::uint32_t c = 0; c < num_sums; ++c) {
            if (const auto row = depths.row_of(c)) {
                ++num_uses_[*row];
            }
        }
        for (std::uint32_t c = 0; c < num_sums; ++c) {
            TermColumn& terms = result_.columns.emplace_back();
            if (const auto row = depths.row_of(c)) {
                append({.node = *row}, terms);
            } else {
                append_column(c, {}, terms);
            }
            std::ranges::sort(terms, {}, [](const SignedTerm& term) { return std::pair(term.node, term.shift); });
        }
        return std::move(result_);
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// Appends the terms of a column, shifted and negated as the given term says.
    void append_column(std::uint32_t column, const SignedTerm& by, TermColumn& terms) {
        for (const TermGrid::TermId id : grid_.column(column)) {
            const GridTerm& term = grid_[id];
            if (!term.is_alternative) {
                append({.node = term.row, .shift = term.shift + by.shift, .is_negative = term.is_negative != by.is_negative}, terms);
            }
        }
    }

    /// Appends a term whose node is a row.
    void append(const SignedTerm& term, TermColumn& terms) {
        if (term.node < result_.num_operands) {
            terms.push_back(term);
            return;
        }
        const std::uint32_t column = column_of_[term.node];
        if (num_uses_[term.node] == 1 && !nodes_[term.node]) {
            append_column(column, term, terms);
            return;
        }
        if (!nodes_[term.node]) {
            TermColumn sum;
            append_column(column, {}, sum);
            std::ranges::sort(sum, {}, [](const SignedTerm& part) { return std::pair(part.node, part.shift); });
            if (sum.size() == 1) {
                nodes_[term.node] = sum[0];
            } else {
                nodes_[term.node] = SignedTerm{.node = result_.num_operands + static_cast<std::uint32_t>(result_.nodes.size())};
                result_.nodes.push_back(std::move(sum));
            }
        }
        const SignedTerm& node = *nodes_[term.node];
        terms.push_back({.node = node.node, .shift = node.shift + term.shift, .is_negative = node.is_negative != term.is_negative});
    }

    const TermGrid& grid_;
    std::vector<std::uint32_t> column_of_;          ///< per row
    std::vector<std::optional<SignedTerm>> nodes_;  ///< per row, once it is a node
    std::vector<int> num_uses_;                     ///< per row
    SharedTerms result_;
};

}  // namespace

TermSharing::TermSharing(const std::vector<int>& operand_widths, const ShareOptions& options)
    : options_(options),
      num_operands_(static_cast<std::uint32_t>(operand_widths.size())),
      grid_(options.shares_between_columns),
      depths_(grid_),
      widths_(operand_widths) {
    for (std::uint32_t i = 0; i < num_operands_; ++i) {
        grid_.add_row();
        depths_.add_operand();
    }
}

void TermSharing::add_columns(const std::vector<TermColumn>& columns, const std::vector<std::uint64_t>& max_leaves) {
    num_sums_ = static_cast<std::uint32_t>(columns.size());
    for (std::uint32_t c = 0; c < num_sums_; ++c) {
        grid_.add_column();
        depths_.add_column(0, max_leaves[c]);
        int width = 0;
        for (const SignedTerm& term : columns[c]) {
            width += widths_[term.node];
        }
        column_widths_.push_back(columns[c].empty() ? 0 : width / static_cast<int>(columns[c].size()));
    }
    if (!can_sum(columns)) {
        for (std::uint32_t c = 0; c < num_sums_; ++c) {
            for (const SignedTerm& term : columns[c]) {
                grid_.add({.row = term.node, .column = c, .shift = term.shift, .is_negative = term.is_negative});
            }
            depths_.grow(c, columns[c].size());
        }
        return;
    }
    std::vector<SparseVector> coefficients;
    for (const TermColumn& column : columns) {
        coefficients.push_back(coefficients_of(column));
    }
    for (const Derivation& step : derivations(coefficients, max_leaves, options_.derives_columns)) {
        if (step.factor == 0) {
            add_digits(step.column, coefficients[step.column]);
            continue;
        }
        const std::uint32_t row = row_of(step.from);
        grid_.add({.row = row, .column = step.column, .is_negative = step.factor < 0});
        depths_.grow(step.column, TermDepths::leaves_of(depths_[row]));
        add_digits(step.column, difference(coefficients[step.column], coefficients[step.from], step.factor));
    }
    depths_.keep();
}

/// Adds the signed digits of coefficients to a column.
void TermSharing::add_digits(std::uint32_t column, const SparseVector& coefficients) {
    for (const auto& [row, coefficient] : coefficients) {
        const std::vector<SignedDigit> digits = signed_digits(coefficient);
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const bool has_next = options_.recodes_digits && i + 1 < digits.size();
            if (has_next && digits[i + 1].shift == digits[i].shift + 2 && digits[i + 1].is_negative != digits[i].is_negative) {
                grid_.add_both_readings(row, column, digits[i].shift, digits[i + 1].is_negative);
                ++i;
            } else {
                grid_.add({.row = row, .column = column, .shift = digits[i].shift, .is_negative = digits[i].is_negative});
            }
        }
        depths_.grow(column, digits.size());
    }
}

/// The row that is the sum of a column, a new one where there is none.
std::uint32_t TermSharing::row_of(std::uint32_t column) {
    if (const auto row = depths_.row_of(column)) {
        return *row;
    }
    widths_.push_back(width_of_sum(column));
    depths_.add_row_of(column);
    return grid_.add_row();
}

/// Bits of a column's sum, if every term has a sign.
int TermSharing::width_of_sum(std::uint32_t column) const {
    constexpr int precision = 20;
    int top = 0;
    for (const TermGrid::TermId id : grid_.column(column)) {
        top = std::max(top, widths_[grid_[id].row] + grid_[id].shift);
    }
    std::uint64_t sum = 0;
    for (const TermGrid::TermId id : grid_.column(column)) {
        const int below = top - widths_[grid_[id].row] - grid_[id].shift;
        sum += !grid_[id].is_alternative && below <= precision ? std::uint64_t{1} << (precision - below) : 0;
    }
    return top + TermDepths::depth_of(sum) - precision;
}

/// Bits in which both terms of a pattern of rows have something to add.
int TermSharing::overlap(const Pattern& pattern) const {
    const int top = std::min(widths_[pattern.a], widths_[pattern.b] + pattern.distance);
    return std::max(top - std::max(pattern.distance, 0), 0);
}

/// What sharing `count` occurrences saves, about in bits of rows; 0: nothing. Where two columns have terms in common, these overlap less than
/// the operands' widths, as they stand at different shifts.
std::uint64_t TermSharing::gain(const FoundPattern& found, std::uint64_t count) const {
    const Pattern pattern = PatternCounts::pattern_of(found.key);
    const bool is_ternary = options_.row_cost == RowCost::Ternary;
    if (count < (is_ternary ? 3 : 2)) {
        return 0;
    }
    const int bits = found.pairs_columns ? std::min(column_widths_[pattern.a], column_widths_[pattern.b]) - 1 : overlap(pattern) + 1;
    const std::uint64_t num_saved = count - (is_ternary && !found.pairs_columns ? 2 : 1);
    return num_saved * static_cast<std::uint64_t>(std::max(bits + options_.weight_offset, options_.weight_offset < 0 ? 0 : 1));
}

void TermSharing::offer_frequent() {
    for (const FoundPattern& found : grid_.take_frequent()) {
        if (const std::uint64_t gained = gain(found, static_cast<std::uint64_t>(grid_.count(found))); gained > 0) {
            queue_.push(PatternQueue::rank_of(gained), found);
        }
    }
}

/// With this count a pattern is as good as its rank; otherwise it is offered again.
bool TermSharing::is_best(const FoundPattern& found, std::uint64_t count, std::size_t rank) {
    const std::uint64_t gained = gain(found, count);
    if (gained == 0) {
        return false;
    }
    const std::size_t now = PatternQueue::rank_of(gained);
    if (now < rank) {
        queue_.push(now, found);
    }
    return now >= rank;
}

void TermSharing::run() {
    grid_.count_all();
    offer_frequent();
    while (const auto rank = queue_.top_rank()) {
        const FoundPattern found = queue_.pop();
        if (!is_best(found, static_cast<std::uint64_t>(grid_.count(found)), *rank)) {
            continue;
        }
        Matches matches = grid_.matches(found);
        if (!is_best(found, matches.size(), *rank)) {
            continue;
        }
        if (found.pairs_columns) {
            share_columns(found, matches);
        } else {
            share_rows(found, std::move(matches));
        }
        offer_frequent();
    }
}

void TermSharing::share_rows(const FoundPattern& found, Matches matches) {
    const Pattern pattern = PatternCounts::pattern_of(found.key);
    const int depth = std::max(depths_[pattern.a], depths_[pattern.b]) + 1;
    const std::uint64_t leaves = TermDepths::leaves_of(depths_[pattern.a]) + TermDepths::leaves_of(depths_[pattern.b]);
    std::erase_if(matches, [&](const TermGrid::Match& match) { return !depths_.grow(grid_[match.first].column, TermDepths::leaves_of(depth) - leaves); });
    if (gain(found, matches.size()) == 0) {
        depths_.undo();
        return;  // the others would make their columns too deep; they never get flatter
    }
    depths_.keep();
    std::vector<GridTerm> joined;
    for (const TermGrid::Match& match : matches) {
        joined.push_back(grid_[match.first]);
        joined.back().shift = std::min(joined.back().shift, grid_[match.second].shift);
        grid_.take(match.first);
        grid_.take(match.second);
    }
    const std::uint32_t node = grid_.add_column();
    depths_.add_column(leaves, TermDepths::unlimited);
    grid_.add({.row = pattern.a, .column = node, .shift = std::max(0, -pattern.distance)});
    grid_.add({.row = pattern.b, .column = node, .shift = std::max(0, pattern.distance), .is_negative = pattern.differ});
    column_widths_.push_back((widths_[pattern.a] + widths_[pattern.b]) / 2);
    const std::uint32_t row = row_of(node);
    for (const GridTerm& term : joined) {
        grid_.add({.row = row, .column = term.column, .shift = term.shift, .is_negative = term.is_negative});
    }
    grid_.count_node(row, node);
}

void TermSharing::share_columns(const FoundPattern& found, const Matches& matches) {
    const Pattern pattern = PatternCounts::pattern_of(found.key);
    std::uint64_t leaves = 0;
    int base = std::numeric_limits<int>::max();
    for (const TermGrid::Match& match : matches) {
        leaves += TermDepths::leaves_of(depths_[grid_[match.first].row]);
        base = std::min(base, grid_[match.first].shift);
    }
    const std::uint64_t growth = TermDepths::leaves_of(TermDepths::depth_of(leaves)) - leaves;
    if (!depths_.grow(pattern.a, growth) || !depths_.grow(pattern.b, growth)) {
        depths_.undo();
        return;
    }
    depths_.keep();
    const std::uint32_t node = grid_.add_column();
    depths_.add_column(leaves, TermDepths::unlimited);
    column_widths_.push_back(std::min(column_widths_[pattern.a], column_widths_[pattern.b]));
    for (const TermGrid::Match& match : matches) {
        const GridTerm term = grid_[match.first];
        grid_.take(match.first);
        grid_.take(match.second);
        grid_.add({.row = term.row, .column = node, .shift = term.shift - base, .is_negative = term.is_negative});
    }
    const std::uint32_t row = row_of(node);
    grid_.add({.row = row, .column = pattern.a, .shift = base});
    grid_.add({.row = row, .column = pattern.b, .shift = base + pattern.distance, .is_negative = pattern.differ});
    grid_.count_node(row, node);
}

SharedTerms TermSharing::result() const { return GridReader(grid_, depths_, num_operands_).run(depths_, num_sums_); }

}  // namespace lutra
