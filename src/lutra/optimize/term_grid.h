#pragma once

/// The terms of many sums as the points of a grid: rows are what is added, columns are sums.

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "lutra/optimize/pattern_counts.h"

namespace lutra {

/// +-(row * 2^shift) in a column.
struct GridTerm {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    int shift = 0;
    bool is_negative = false;
    bool is_alternative = false;  ///< not in the sum itself, but in its other reading
    std::uint32_t reading = 0;    ///< which pair of two readings it belongs to; 0: none
};

/// Terms with counts of the patterns among them: of two rows in a common column, and of two columns in a common row.
///
/// Two digits 4 - 1 of one row are held in two readings, as 4 - 1 and as 2 + 1, until a term of one reading is used; then that one stays. Until then
/// both take part in patterns, though not with each other, so a count says at most how often a pattern occurs.
///
/// Sharing moves terms to new lines, so the count of a pattern of old lines never rises: what did not occur twice at first is not counted at all.
class TermGrid {
public:
    using TermId = std::uint32_t;
    /// An occurrence: the term of a and the term of b.
    using Match = std::pair<TermId, TermId>;

    /// With `counts_columns` unset, no pattern of columns is counted.
    explicit TermGrid(bool counts_columns) : counts_columns_(counts_columns) {}

    std::uint32_t num_rows() const { return static_cast<std::uint32_t>(rows_.size()); }
    std::uint32_t num_columns() const { return static_cast<std::uint32_t>(columns_.size()); }
    std::uint32_t add_row();
    std::uint32_t add_column();

    const GridTerm& operator[](TermId id) const { return slots_[id].term; }
    std::span<const TermId> row(std::uint32_t index) const { return rows_[index]; }
    std::span<const TermId> column(std::uint32_t index) const { return columns_[index]; }

    /// Adds a term without counting it.
    TermId add(const GridTerm& term);
    /// Adds two digits `4 - 1` at `shift` (the sign is that of 4), to be read as 2 + 1 too, without counting them.
    void add_both_readings(std::uint32_t row, std::uint32_t column, int shift, bool is_negative);
    /// Counts all patterns, once, when what is given has been added.
    void count_all();
    /// Counts the patterns of a new row and a new column whose terms have all been added, after others were taken out.
    void count_node(std::uint32_t row, std::uint32_t column);
    /// Takes a term out, and decides for its reading.
    void take(TermId id);

    int count(const FoundPattern& found) { return counts_[found.pairs_columns ? 1 : 0][found.key]; }
    /// Patterns that were found to occur twice or more since the last call.
    std::vector<FoundPattern> take_frequent() { return std::exchange(frequent_, {}); }
    /// Occurrences of a pattern that can all be replaced together, as many as are found in the order of the terms of a.
    std::vector<Match> matches(const FoundPattern& found);

private:
    struct Slot {
        GridTerm term;
        std::uint32_t place_in_row = 0;
        std::uint32_t place_in_column = 0;
        bool is_used = false;  ///< in a match of the call at hand
    };
    /// Which lines patterns pair.
    enum class Lines { Rows, Columns };

    static constexpr TermId none = std::numeric_limits<TermId>::max();

    void count_line(Lines lines, std::uint32_t line, bool only_later);
    void count_among(Lines lines, std::span<const TermId> crossing);
    void erase(TermId id);
    void uncount(const GridTerm& term, std::span<const TermId> others, bool pairs_columns);
    bool is_free(const Slot& slot) const;
    void use(TermId id, std::vector<std::uint32_t>& touched);

    bool counts_columns_ = true;
    std::vector<Slot> slots_;
    std::vector<std::vector<TermId>> rows_;
    std::vector<std::vector<TermId>> columns_;
    std::vector<std::vector<TermId>> readings_ = {{}};  ///< the four terms of each pair of readings
    std::vector<std::int8_t> chosen_ = {0};             ///< per pair of readings during a search: 0 none, 1 the sum's own, 2 the other
    PatternCounts counts_[2];                           ///< of rows, of columns
    PatternCounts line_counts_;                         ///< of one line; empty between calls
    std::vector<std::uint64_t> line_keys_;              ///< of the line at hand
    std::vector<FoundPattern> frequent_;
    std::vector<TermId> first_of_;  ///< per row or column: the head of a list of terms
    std::vector<TermId> next_of_;   ///< per term: the next of the list
};

}  // namespace lutra
