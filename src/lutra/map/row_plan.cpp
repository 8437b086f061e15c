#include "lutra/map/row_plan.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace lutra {

namespace {

constexpr int unreachable_cost = std::numeric_limits<int>::max() / 4;
constexpr std::size_t max_neighbours = 20;

constexpr std::uint64_t columns_below(int column) { return column >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << column) - 1; }

/// A set of words as one word, by the best way found: with or without the constant in it.
struct State {
    WordProfile word;
    int cost = unreachable_cost;
    int depth = 0;
    std::array<std::uint32_t, 3> parts{};  ///< states that the last row adds
    std::uint8_t num_parts = 0;            ///< 0: a word of the sum
    bool adds_constant = false;            ///< the last row does
    int number = -1;                       ///< of the word, once it is known

    bool is_reachable() const { return cost < unreachable_cost; }
};

/// The search shared by all orders: states, and the rows that lead to them.
class RowSearch {
public:
    explicit RowSearch(const SumProfile& sum) : sum_(sum) {}

    std::vector<State>& states() { return states_; }

    /// Tries the row that adds the states `parts` and maybe the constant as a way to `target`.
    void consider(std::uint32_t target, std::span<const std::uint32_t> parts, bool adds_constant) {
        State& best = states_[target];
        int cost = 0;
        for (const std::uint32_t part : parts) {
            cost += states_[part].cost;
        }
        if (cost > best.cost) {
            return;
        }
        int depth = 0;
        std::array<WordProfile, 3> words;
        std::uint64_t some = adds_constant ? sum_.constant : 0;  // columns with one bit or more, two or more
        std::uint64_t two = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const State& part = states_[parts[i]];
            depth = std::max(depth, part.depth);
            words[i] = part.word;
            two |= some & part.word.columns;
            some |= part.word.columns;
        }
        // The row reaches from the first column of two bits to the last one of any, but for a carry that may be free.
        if (two != 0 && cost + static_cast<int>(std::bit_width(some)) - std::countr_zero(two) - 1 > best.cost) {
            return;
        }
        const RowShape row = row_shape({words.data(), parts.size()}, adds_constant ? sum_.constant : 0, sum_.window, sum_.has_ternary_rows);
        cost += row.cost;
        depth += row.cost > 0 ? 1 : 0;
        if (!row.fits || cost > best.cost || (cost == best.cost && depth >= best.depth)) {
            return;
        }
        best.word = row.result;
        best.cost = cost;
        best.depth = depth;
        std::ranges::copy(parts, best.parts.begin());
        best.num_parts = static_cast<std::uint8_t>(parts.size());
        best.adds_constant = adds_constant;
    }

    /// All ways to add two or three sets, each known without (even number) and with the constant (the odd number above).
    void consider_sets(std::uint32_t target, std::span<const std::uint32_t> sets) {
        std::array<std::uint32_t, 3> parts{};
        std::ranges::copy(sets, parts.begin());
        const std::span<const std::uint32_t> used(parts.data(), sets.size());
        consider(target, used, false);
        if (sum_.constant == 0) {
            return;
        }
        consider(target + 1, used, true);
        for (std::size_t i = 0; i < sets.size(); ++i) {
            ++parts[i];
            consider(target + 1, used, false);
            --parts[i];
        }
    }

    void consider_constant(std::uint32_t target) {
        if (sum_.constant != 0) {
            const std::array parts = {target};
            consider(target + 1, parts, true);
        }
    }

    /// The steps to a state; `number` gives the words of the sum.
    void collect(std::uint32_t id, RowPlan& plan) {
        State& state = states_[id];
        if (state.number >= 0) {
            return;
        }
        RowStep step;
        step.num_words = state.num_parts;
        step.has_constant = state.adds_constant;
        for (int i = 0; i < state.num_parts; ++i) {
            const std::uint32_t part = state.parts[static_cast<std::size_t>(i)];
            collect(part, plan);
            step.words[static_cast<std::size_t>(i)] = states_[part].number;
        }
        states_[id].number = static_cast<int>(sum_.words.size() + plan.steps.size());
        plan.steps.push_back(step);
    }

    /// Makes a word of the sum, or of an earlier step, a state.
    void set_word(std::uint32_t id, const WordProfile& word, int number) { states_[id] = {.word = word, .cost = 0, .number = number}; }

    const SumProfile& sum() const { return sum_; }

private:
    const SumProfile& sum_;
    std::vector<State> states_;
};

/// A word that is there already, with the number that steps know it by.
struct NumberedWord {
    WordProfile word;
    int number = 0;
};

/// Tries every grouping. State 2 * m is the set m of words, 2 * m + 1 that with the constant.
std::uint32_t search_all(RowSearch& search, const std::vector<NumberedWord>& words) {
    const std::uint32_t num_sets = 1U << words.size();
    search.states().assign(std::size_t{num_sets} * 2, {});
    for (std::uint32_t set = 1; set < num_sets; ++set) {
        if (std::has_single_bit(set)) {
            const NumberedWord& word = words[static_cast<std::size_t>(std::countr_zero(set))];
            search.set_word(2 * set, word.word, word.number);
        }
        const std::uint32_t lowest = set & -set;
        for (std::uint32_t a = (set - 1) & set; a != 0; a = (a - 1) & set) {
            if ((a & lowest) == 0) {
                continue;
            }
            const std::uint32_t rest = set & ~a;
            const std::array two = {2 * a, 2 * rest};
            search.consider_sets(2 * set, two);
            const std::uint32_t lowest_rest = rest & -rest;
            for (std::uint32_t b = (rest - 1) & rest; b != 0; b = (b - 1) & rest) {
                if ((b & lowest_rest) != 0) {
                    const std::array three = {2 * a, 2 * b, 2 * (rest & ~b)};
                    search.consider_sets(2 * set, three);
                }
            }
        }
        search.consider_constant(2 * set);
    }
    return 2 * (num_sets - 1);
}

/// Tries all groupings of neighbours. State 2 * (i * n + j) is the words i..j.
std::uint32_t search_neighbours(RowSearch& search, const std::vector<NumberedWord>& words) {
    const auto n = static_cast<std::uint32_t>(words.size());
    const auto id = [&](std::uint32_t first, std::uint32_t last) { return 2 * (first * n + last); };
    search.states().assign(std::size_t{n} * n * 2, {});
    for (std::uint32_t i = 0; i < n; ++i) {
        search.set_word(id(i, i), words[i].word, words[i].number);
        search.consider_constant(id(i, i));
    }
    for (std::uint32_t length = 2; length <= n; ++length) {
        for (std::uint32_t i = 0; i + length <= n; ++i) {
            const std::uint32_t last = i + length - 1;
            for (std::uint32_t p = i; p < last; ++p) {
                const std::array two = {id(i, p), id(p + 1, last)};
                search.consider_sets(id(i, last), two);
                for (std::uint32_t q = p + 1; q < last; ++q) {
                    const std::array three = {id(i, p), id(p + 1, q), id(q + 1, last)};
                    search.consider_sets(id(i, last), three);
                }
            }
            search.consider_constant(id(i, last));
        }
    }
    return id(0, n - 1);
}

bool comes_first(const NumberedWord& a, const NumberedWord& b) {
    return std::pair(std::bit_width(a.word.columns), std::countr_zero(a.word.columns)) <
           std::pair(std::bit_width(b.word.columns), std::countr_zero(b.word.columns));
}

/// Sorts the words, and adds those of the fewest columns until so few are left that their neighbourhoods can be searched.
void reduce_words(const SumProfile& sum, std::vector<NumberedWord>& words, RowPlan& plan) {
    const std::size_t num_together = sum.has_ternary_rows ? 3 : 2;
    std::ranges::stable_sort(words, comes_first);
    while (words.size() > max_neighbours) {
        RowStep step{.num_words = static_cast<int>(num_together)};
        std::array<WordProfile, 3> profiles;
        for (std::size_t i = 0; i < num_together; ++i) {
            step.words[i] = words[i].number;
            profiles[i] = words[i].word;
        }
        const RowShape row = row_shape({profiles.data(), num_together}, 0, sum.window, sum.has_ternary_rows);
        plan.cost += row.cost;
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(num_together));
        const NumberedWord added{row.result, static_cast<int>(sum.words.size() + plan.steps.size())};
        words.insert(std::ranges::upper_bound(words, added, comes_first), added);
        plan.steps.push_back(step);
    }
}

}  // namespace

RowShape row_shape(std::span<const WordProfile> words, std::uint64_t constant, int window, bool has_ternary_rows) {
    RowShape shape;
    std::uint64_t some = constant;  // columns with one bit or more, two or more, ...
    std::uint64_t two = 0;
    std::uint64_t three = 0;
    std::uint64_t four = 0;
    std::uint64_t some_word = 0;
    std::uint64_t two_words = 0;
    std::uint64_t three_words = 0;
    std::uint64_t max_value = constant;
    bool overflows = false;
    for (const WordProfile& word : words) {
        four |= three & word.columns;
        three |= two & word.columns;
        two |= some & word.columns;
        some |= word.columns;
        three_words |= two_words & word.columns;
        two_words |= some_word & word.columns;
        some_word |= word.columns;
        overflows |= __builtin_add_overflow(max_value, word.max_value, &max_value);
    }
    shape.fits = four == 0 && (has_ternary_rows || three_words == 0);
    if (two == 0) {
        shape.result = {some, max_value};
        return shape;
    }
    shape.first = std::countr_zero(two);
    const std::uint64_t largest = columns_below(window);
    max_value = overflows ? largest : std::min(max_value, largest);
    shape.end = std::max(std::bit_width(max_value), std::bit_width(some));
    const std::uint64_t below = columns_below(shape.first);
    shape.result = {(some & below) | (columns_below(shape.end) & ~below), max_value};
    shape.cost = shape.end - shape.first;
    // A highest column without bits is the carry of the one before.
    const int top = shape.end - 1;
    const bool top_is_carry = top > shape.first && (some >> top & 1) == 0 && (three >> (top - 1) & 1) == 0;
    shape.cost -= top_is_carry && has_ternary_rows ? 1 : 0;
    return shape;
}

RowPlan plan_rows(const SumProfile& sum, int exact_words) {
    RowPlan plan;
    std::vector<NumberedWord> words;
    for (std::size_t i = 0; i < sum.words.size(); ++i) {
        words.push_back({sum.words[i], static_cast<int>(i)});
    }
    if (words.empty() || (words.size() == 1 && sum.constant == 0)) {
        return plan;
    }
    RowSearch search(sum);
    std::uint32_t goal = 0;
    if (words.size() <= static_cast<std::size_t>(exact_words)) {
        goal = search_all(search, words);
    } else {
        reduce_words(sum, words, plan);
        goal = search_neighbours(search, words);
    }
    goal += sum.constant != 0 ? 1 : 0;
    plan.cost += search.states()[goal].cost;
    search.collect(goal, plan);
    return plan;
}

}  // namespace lutra
