#pragma once

/// In which order the words of a sum are added up, row of adders after row of adders, so that the rows take the fewest cells.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "lutra/map/memo.h"

namespace lutra {

/// What a plan has to know of a word that is added.
struct WordProfile {
    std::uint64_t columns = 0;    ///< bit c: the word has a bit in column c
    std::uint64_t max_value = 0;  ///< the largest value of the word; its smallest is taken for 0

    friend bool operator==(const WordProfile&, const WordProfile&) = default;
    friend auto operator<=>(const WordProfile&, const WordProfile&) = default;
};

/// A sum of words, all of them positive, and a constant, modulo 2^window.
struct SumProfile {
    std::vector<WordProfile> words;
    std::uint64_t constant = 0;
    int window = 0;                 ///< columns of the result, at most max_plan_window
    bool has_ternary_rows = false;  ///< a row of the device adds three bits in each column, otherwise two and a constant

    friend auto operator<=>(const SumProfile&, const SumProfile&) = default;
};
inline constexpr int max_plan_window = 63;

/// One row: adds up to three words and, if it says so, the constant. Word number words.size() + i is the result of step i. When no column holds
/// more than one of them the row needs no cell.
struct RowStep {
    std::array<int, 3> words{};
    int num_words = 0;
    bool has_constant = false;

    std::span<const int> all() const { return {words.data(), static_cast<std::size_t>(num_words)}; }
};

/// The steps of a sum; the last one gives the result. Empty when there is one word and no constant.
struct RowPlan {
    std::vector<RowStep> steps;
    int cost = 0;  ///< columns of all rows
};

/// The words that a step makes one, and what that costs.
struct RowShape {
    WordProfile result;
    int first = 0;     ///< the lowest column of the row
    int end = 0;       ///< one above its highest
    int cost = 0;      ///< 0 when no two bits meet
    bool fits = true;  ///< no column holds more than the device can add
};
RowShape row_shape(std::span<const WordProfile> words, std::uint64_t constant, int window, bool has_ternary_rows);

/// Finds a plan: the cheapest of all for up to `exact_words` words, the cheapest that adds neighbours in the order of their columns for more, and
/// beyond some twenty the words of the fewest columns first.
RowPlan plan_rows(const SumProfile& sum, int exact_words = 7);

/// Plans that were found before, for several threads.
class RowPlans {
public:
    explicit RowPlans(int exact_words) : exact_words_(exact_words) {}

    const RowPlan& plan(const SumProfile& sum) {
        return known_.get(sum, [&](const SumProfile& key) { return plan_rows(key, exact_words_); });
    }

private:
    int exact_words_;
    Memo<std::map<SumProfile, RowPlan>> known_;
};

}  // namespace lutra
