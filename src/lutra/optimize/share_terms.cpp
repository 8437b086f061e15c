#include "lutra/optimize/share_terms.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <tuple>

#include "lutra/optimize/pattern_counts.h"

namespace lutra {

namespace {

/// What is known of a node, operands included.
struct NodeShape {
    int width = 0;
    int depth = 0;                        ///< adders behind it
    std::vector<std::uint32_t> columns;   ///< those that have or had a term of it, ascending
};

/// 2^depth: what a term of this depth takes of the leaves of a tree of adders. Deeper terms fit into no column.
constexpr int max_depth = 40;
std::uint64_t leaves_of(int depth) { return std::uint64_t{1} << std::min(depth, max_depth); }

/// Sharing among the terms of some operands. A column here is the part of a sum that these operands make.
class TermSharing {
public:
    TermSharing(SharedTerms& result, std::vector<NodeShape>& nodes, std::vector<TermColumn>& columns,
                const std::vector<std::uint64_t>& max_leaves, std::size_t num_pairs)
        : result_(result), nodes_(nodes), columns_(columns), max_leaves_(max_leaves), counts_(num_pairs / 4) {}

    void run() {
        count_all();
        while (!queue_.empty()) {
            const auto best = std::prev(queue_.end());
            if (best->second.empty()) {
                queue_.erase(best);
                continue;
            }
            const Rank rank = best->first;
            const Pattern pattern = best->second.front();
            best->second.pop_front();
            const int count = counts_[pattern];
            if (rank_of(pattern, count) != rank) {
                offer(pattern, count);
            } else {
                share(pattern);
            }
        }
    }

private:
    /// What is taken first: the highest weight, then the least depth (kept negative).
    using Rank = std::pair<std::int64_t, int>;

    /// A pair of places in a column.
    struct Match {
        std::uint32_t column = 0;
        std::size_t first = 0;
        std::size_t second = 0;
    };

    int depth_of(const Pattern& pattern) const { return std::max(nodes_[pattern.a].depth, nodes_[pattern.b].depth) + 1; }

    /// Bits in which both terms of a pattern have something to add.
    int overlap(const Pattern& pattern) const {
        const int top = std::min(nodes_[pattern.a].width, nodes_[pattern.b].width + pattern.distance);
        return std::max(top - std::max(pattern.distance, 0), 0);
    }

    Rank rank_of(const Pattern& pattern, int count) const { return {std::int64_t{count} * (overlap(pattern) + 1), -depth_of(pattern)}; }

    void offer(const Pattern& pattern, int count) {
        if (count >= 2) {
            queue_[rank_of(pattern, count)].push_back(pattern);
        }
    }

    void count_all() {
        std::vector<Pattern> frequent;
        for (const TermColumn& column : columns_) {
            for (std::size_t i = 0; i < column.size(); ++i) {
                for (std::size_t j = i + 1; j < column.size(); ++j) {
                    const Pattern pattern = pattern_of(column[i], column[j]);
                    if (counts_.add(pattern) == 2) {
                        frequent.push_back(pattern);
                    }
                }
            }
        }
        for (const Pattern& pattern : frequent) {
            offer(pattern, counts_[pattern]);
        }
    }

    /// Disjoint occurrences of a pattern in the columns, as many as their depth allows.
    std::vector<Match> find(const Pattern& pattern) const {
        std::vector<Match> matches;
        const auto& a_columns = nodes_[pattern.a].columns;
        const auto& b_columns = nodes_[pattern.b].columns;
        for (const std::uint32_t c : a_columns.size() < b_columns.size() ? a_columns : b_columns) {
            find_in(c, pattern, matches);
        }
        return matches;
    }

    void find_in(std::uint32_t c, const Pattern& pattern, std::vector<Match>& matches) const {
        const TermColumn& column = columns_[c];
        const auto firsts = std::ranges::equal_range(column, pattern.a, {}, &SignedTerm::node);
        const auto seconds = std::ranges::equal_range(column, pattern.b, {}, &SignedTerm::node);
        const std::size_t num_before = matches.size();
        const auto is_used = [&](std::size_t place) {
            return std::any_of(matches.begin() + static_cast<std::ptrdiff_t>(num_before), matches.end(),
                               [&](const Match& match) { return match.first == place || match.second == place; });
        };
        const std::uint64_t growth = leaves_of(depth_of(pattern)) - leaves_of(nodes_[pattern.a].depth) - leaves_of(nodes_[pattern.b].depth);
        for (auto p = firsts.begin(); p != firsts.end(); ++p) {
            for (auto q = seconds.begin(); q != seconds.end(); ++q) {
                const auto first = static_cast<std::size_t>(p - column.begin());
                const auto second = static_cast<std::size_t>(q - column.begin());
                if (first >= second || pattern_of(*p, *q) != pattern || is_used(first) || is_used(second)) {
                    continue;
                }
                if (leaves_in(column) + (matches.size() - num_before + 1) * growth <= max_leaves_[c]) {
                    matches.push_back({c, first, second});
                }
            }
        }
    }

    std::uint64_t leaves_in(const TermColumn& column) const {
        return std::accumulate(column.begin(), column.end(), std::uint64_t{0},
                               [&](std::uint64_t leaves, const SignedTerm& term) { return leaves + leaves_of(nodes_[term.node].depth); });
    }

    void share(const Pattern& pattern) {
        const std::vector<Match> matches = find(pattern);
        if (matches.size() < 2) {
            return;  // the others overlap or would make their columns too deep; no pattern occurs more often later
        }
        const auto node = static_cast<std::uint32_t>(nodes_.size());
        const int a_shift = std::max(0, -pattern.distance);
        const int b_shift = std::max(0, pattern.distance);
        result_.nodes.push_back({.a = {.node = pattern.a, .shift = a_shift, .is_negative = false},
                                 .b = {.node = pattern.b, .shift = b_shift, .is_negative = pattern.differ}});
        const int width = std::max(nodes_[pattern.a].width + a_shift, nodes_[pattern.b].width + b_shift) + 1;
        nodes_.push_back({.width = width, .depth = depth_of(pattern), .columns = {}});
        std::vector<Pattern> frequent;
        for (std::size_t end = matches.size(); end > 0;) {  // from the back, so that places stay right
            std::size_t begin = end;
            while (begin > 0 && matches[begin - 1].column == matches[end - 1].column) {
                --begin;
            }
            replace(std::span(matches).subspan(begin, end - begin), node, frequent);
            end = begin;
        }
        std::ranges::reverse(nodes_[node].columns);
        for (const Pattern& found : frequent) {
            offer(found, counts_[found]);
        }
    }

    /// Replaces all matches in one column.
    void replace(std::span<const Match> matches, std::uint32_t node, std::vector<Pattern>& frequent) {
        TermColumn& column = columns_[matches[0].column];
        std::vector<std::size_t> places;
        std::vector<SignedTerm> joined;
        for (const Match& match : matches) {
            const SignedTerm& a = column[match.first];
            const SignedTerm& b = column[match.second];
            joined.push_back({.node = node, .shift = std::min(a.shift, b.shift), .is_negative = a.is_negative});
            places.insert(places.end(), {match.first, match.second});
        }
        std::ranges::sort(places, std::greater());
        for (const std::size_t place : places) {
            for (std::size_t i = 0; i < column.size(); ++i) {
                if (i != place) {
                    counts_.remove(pattern_of(column[std::min(i, place)], column[std::max(i, place)]));
                }
            }
            column.erase(column.begin() + static_cast<std::ptrdiff_t>(place));
        }
        std::ranges::sort(joined, {}, &SignedTerm::shift);
        for (const SignedTerm& term : joined) {
            for (const SignedTerm& other : column) {
                const Pattern pattern = pattern_of(other, term);
                if (counts_.add(pattern) == 2) {
                    frequent.push_back(pattern);
                }
            }
            column.push_back(term);
        }
        nodes_[node].columns.push_back(matches[0].column);
    }

    SharedTerms& result_;
    std::vector<NodeShape>& nodes_;
    std::vector<TermColumn>& columns_;
    const std::vector<std::uint64_t>& max_leaves_;
    PatternCounts counts_;
    std::map<Rank, std::deque<Pattern>> queue_;  ///< ranks as they were when offered: counts of a pattern only fall after that
};

/// How many pairs of terms have both operands in one block of `block` operands.
std::uint64_t largest_num_pairs(const std::vector<TermColumn>& columns, std::uint32_t num_operands, std::uint32_t block) {
    std::vector<std::uint64_t> pairs((num_operands + block - 1) / block, 0);
    for (const TermColumn& column : columns) {
        for (auto begin = column.begin(); begin != column.end();) {
            const std::uint32_t number = begin->node / block;
            const auto end = std::find_if(begin, column.end(), [&](const SignedTerm& term) { return term.node / block != number; });
            const auto size = static_cast<std::uint64_t>(end - begin);
            pairs[number] += size * (size - 1) / 2;
            begin = end;
        }
    }
    return pairs.empty() ? 0 : std::ranges::max(pairs);
}

/// Leaves that a tree with one level more than a column needs leaves to a part of its terms.
std::uint64_t leaves_allowed(std::size_t num_terms, std::size_t num_part_terms) {
    return num_terms == 0 ? 0 : std::bit_ceil(std::uint64_t{num_terms}) * 2 * num_part_terms / num_terms;
}

/// The patterns of these columns can be numbered.
bool can_count(const std::vector<TermColumn>& columns, std::size_t num_operands) {
    std::size_t num_nodes = num_operands;
    int max_shift = 0;
    for (const TermColumn& column : columns) {
        num_nodes += column.size();
        for (const SignedTerm& term : column) {
            max_shift = std::max(max_shift, term.shift);
        }
    }
    return num_nodes < PatternCounts::max_nodes && max_shift < PatternCounts::max_distance;
}

/// Shares among the terms of the operands [first, first + block), which stand in each column from next[column] on; adds them to the result.
void share_block(const std::vector<TermColumn>& columns, std::uint32_t first, std::uint32_t block, std::vector<std::size_t>& next,
                 SharedTerms& result, std::vector<NodeShape>& nodes) {
    std::vector<TermColumn> part(columns.size());
    std::vector<std::uint64_t> max_leaves(columns.size());
    std::size_t num_pairs = 0;
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        for (; next[c] < columns[c].size() && columns[c][next[c]].node - first < block; ++next[c]) {
            const SignedTerm& term = columns[c][next[c]];
            if (nodes[term.node].columns.empty() || nodes[term.node].columns.back() != c) {
                nodes[term.node].columns.push_back(c);
            }
            num_pairs += part[c].size();
            part[c].push_back(term);
        }
        max_leaves[c] = leaves_allowed(columns[c].size(), part[c].size());
    }
    TermSharing(result, nodes, part, max_leaves, num_pairs).run();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        result.columns[c].insert(result.columns[c].end(), part[c].begin(), part[c].end());
    }
}

}  // namespace

SharedTerms share_terms(const std::vector<int>& operand_widths, std::vector<TermColumn> columns, std::uint64_t max_pairs) {
    const auto num_operands = static_cast<std::uint32_t>(operand_widths.size());
    for (TermColumn& column : columns) {
        std::ranges::sort(column, {}, [](const SignedTerm& term) { return std::tuple(term.node, term.shift); });
    }
    std::uint32_t block = std::max(num_operands, 1U);
    while (block > 1 && largest_num_pairs(columns, num_operands, block) > max_pairs) {
        block = (block + 1) / 2;
    }
    SharedTerms result{.num_operands = num_operands, .nodes = {}, .columns = {}};
    if (!can_count(columns, num_operands) || largest_num_pairs(columns, num_operands, block) > max_pairs) {
        result.columns = std::move(columns);
        return result;
    }
    std::vector<NodeShape> nodes;
    for (const int width : operand_widths) {
        nodes.push_back({.width = width, .depth = 0, .columns = {}});
    }
    result.columns.resize(columns.size());
    std::vector<std::size_t> next(columns.size(), 0);
    for (std::uint32_t first = 0; first < num_operands; first += block) {
        share_block(columns, first, block, next, result, nodes);
    }
    return result;
}

}  // namespace lutra
