#include "lutra/optimize/share_terms.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace lutra {

namespace {

/// a + b * 2^distance, or a - b * 2^distance; distance may be negative. a is the node of the lower number or, of one node, the lower term.
struct Pattern {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    int distance = 0;
    bool differ = false;  ///< opposite signs

    friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

struct PatternHash {
    std::size_t operator()(const Pattern& p) const {
        std::size_t hash = (std::size_t{p.a} << 32 | p.b) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 29;
        return (hash + static_cast<std::size_t>(p.distance) * 2 + (p.differ ? 1 : 0)) * 0xBF58476D1CE4E5B9U;
    }
};

/// How often a pattern occurs, overlaps included, and in which columns it was seen.
struct Occurrences {
    std::int64_t count = 0;
    std::vector<std::uint32_t> columns;
};

bool is_same_place(const SignedTerm& p, const SignedTerm& q) { return p.node == q.node && p.shift == q.shift; }

/// True when p takes the place of a in the pattern of p and q.
bool is_first(const SignedTerm& p, const SignedTerm& q) { return std::tuple(p.node, p.shift) < std::tuple(q.node, q.shift); }

Pattern pattern_of(const SignedTerm& p, const SignedTerm& q) {
    const SignedTerm& a = is_first(p, q) ? p : q;
    const SignedTerm& b = is_first(p, q) ? q : p;
    return {.a = a.node, .b = b.node, .distance = b.shift - a.shift, .differ = a.is_negative != b.is_negative};
}

class TermSharing {
public:
    TermSharing(std::uint32_t num_operands, std::vector<TermColumn> columns) : depths_(num_operands) {
        result_.num_operands = num_operands;
        result_.columns = std::move(columns);
    }

    SharedTerms run(std::uint64_t max_pairs) {
        count_all(max_pairs);
        while (!queue_.empty()) {
            const Candidate best = queue_.top();
            queue_.pop();
            const std::int64_t count = occurrences_[best.pattern].count;
            if (count != best.count) {
                offer(best.pattern);
            } else {
                share(best.pattern);
            }
        }
        return std::move(result_);
    }

private:
    struct Candidate {
        std::int64_t count = 0;
        int depth = 0;
        Pattern pattern;

        /// True when this one is to be taken later.
        bool operator<(const Candidate& other) const {
            return std::tuple(-count, depth, pattern) > std::tuple(-other.count, other.depth, other.pattern);
        }
    };

    void offer(const Pattern& pattern) {
        const std::int64_t count = occurrences_[pattern].count;
        if (count >= 2) {
            queue_.push({count, std::max(depths_[pattern.a], depths_[pattern.b]) + 1, pattern});
        }
    }

    void count_all(std::uint64_t max_pairs) {
        std::uint64_t num_terms = 0;
        for (const TermColumn& column : result_.columns) {
            num_terms += column.size();
        }
        reach_ = std::max<std::uint64_t>(max_pairs / std::max<std::uint64_t>(num_terms, 1), 4);
        for (std::uint32_t c = 0; c < result_.columns.size(); ++c) {
            const TermColumn& column = result_.columns[c];
            for (std::size_t i = 0; i < column.size(); ++i) {
                for (std::size_t j = i + 1; j < std::min(column.size(), i + reach_); ++j) {
                    add(column[i], column[j], c);
                }
            }
        }
        std::vector<Pattern> patterns;
        for (const auto& [pattern, found] : occurrences_) {
            if (found.count >= 2) {
                patterns.push_back(pattern);
            }
        }
        std::ranges::for_each(patterns, [&](const Pattern& pattern) { offer(pattern); });
    }

    void add(const SignedTerm& p, const SignedTerm& q, std::uint32_t column) {
        if (!is_same_place(p, q)) {
            Occurrences& found = occurrences_[pattern_of(p, q)];
            ++found.count;
            if (found.columns.empty() || found.columns.back() != column) {
                found.columns.push_back(column);
            }
        }
    }

    void remove(const SignedTerm& p, const SignedTerm& q) {
        if (!is_same_place(p, q)) {
            const auto found = occurrences_.find(pattern_of(p, q));
            if (found != occurrences_.end() && found->second.count > 0) {
                --found->second.count;
            }
        }
    }

    /// Disjoint pairs of places in a column that match the pattern.
    static std::vector<std::pair<std::size_t, std::size_t>> matches(const TermColumn& column, const Pattern& pattern) {
        std::vector<std::size_t> firsts;
        std::vector<std::size_t> seconds;
        for (std::size_t i = 0; i < column.size(); ++i) {
            if (column[i].node == pattern.a) {
                firsts.push_back(i);
            }
            if (column[i].node == pattern.b) {
                seconds.push_back(i);
            }
        }
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        std::vector<std::size_t> used;
        const auto is_used = [&](std::size_t i) { return std::ranges::find(used, i) != used.end(); };
        for (const std::size_t i : firsts) {
            for (const std::size_t j : seconds) {
                const bool fits = i != j && column[j].shift - column[i].shift == pattern.distance &&
                                  (column[i].is_negative != column[j].is_negative) == pattern.differ;
                if (fits && !is_used(i) && !is_used(j)) {
                    used.insert(used.end(), {i, j});
                    pairs.emplace_back(i, j);
                }
            }
        }
        return pairs;
    }

    void share(const Pattern& pattern) {
        std::vector<std::uint32_t> columns = std::move(occurrences_[pattern].columns);
        occurrences_[pattern] = {};
        std::ranges::sort(columns);
        columns.erase(std::ranges::unique(columns).begin(), columns.end());
        std::size_t num_matches = 0;
        for (const std::uint32_t c : columns) {
            num_matches += matches(result_.columns[c], pattern).size();
        }
        if (num_matches < 2) {
            return;
        }
        const auto node = static_cast<std::uint32_t>(depths_.size());
        depths_.push_back(std::max(depths_[pattern.a], depths_[pattern.b]) + 1);
        result_.nodes.push_back({.a = {.node = pattern.a, .shift = std::max(0, -pattern.distance), .is_negative = false},
                                 .b = {.node = pattern.b, .shift = std::max(0, pattern.distance), .is_negative = pattern.differ}});
        std::vector<Pattern> changed;
        for (const std::uint32_t c : columns) {
            for (auto pairs = matches(result_.columns[c], pattern); !pairs.empty(); pairs = matches(result_.columns[c], pattern)) {
                replace(c, pairs[0], node, changed);
            }
        }
        std::ranges::sort(changed);
        changed.erase(std::ranges::unique(changed).begin(), changed.end());
        std::ranges::for_each(changed, [&](const Pattern& p) { offer(p); });
    }

    void replace(std::uint32_t c, std::pair<std::size_t, std::size_t> places, std::uint32_t node, std::vector<Pattern>& changed) {
        TermColumn& column = result_.columns[c];
        const SignedTerm a = column[places.first];
        const SignedTerm b = column[places.second];
        const SignedTerm joined{.node = node, .shift = std::min(a.shift, b.shift), .is_negative = a.is_negative};
        remove(a, b);
        for_neighbours(column, places.first, [&](const SignedTerm& other) { remove(a, other); });
        for_neighbours(column, places.second, [&](const SignedTerm& other) { remove(b, other); });
        column[places.first] = joined;
        column.erase(column.begin() + static_cast<std::ptrdiff_t>(places.second));
        const std::size_t place = places.first - (places.second < places.first ? 1 : 0);
        for_neighbours(column, place, [&](const SignedTerm& other) {
            add(joined, other, c);
            changed.push_back(pattern_of(joined, other));
        });
    }

    /// Calls f for the terms that are paired with the one at `place`.
    template <typename F>
    void for_neighbours(const TermColumn& column, std::size_t place, const F& f) const {
        const std::size_t begin = place >= reach_ ? place - reach_ + 1 : 0;
        for (std::size_t i = begin; i < std::min(column.size(), place + reach_); ++i) {
            if (i != place) {
                f(column[i]);
            }
        }
    }

    SharedTerms result_;
    std::vector<int> depths_;
    std::size_t reach_ = 0;  ///< terms of a column at less distance than this are paired
    std::unordered_map<Pattern, Occurrences, PatternHash> occurrences_;
    std::priority_queue<Candidate> queue_;
};

}  // namespace

SharedTerms share_terms(std::uint32_t num_operands, std::vector<TermColumn> columns, std::uint64_t max_pairs) {
    return TermSharing(num_operands, std::move(columns)).run(max_pairs);
}

}  // namespace lutra
