#include "lutra/optimize/term_grid.h"

#include <algorithm>

namespace lutra {

namespace {

std::uint32_t line_of(const GridTerm& term, bool is_column) { return is_column ? term.column : term.row; }

/// The key of two terms in a common row (where they pair columns) or column.
std::uint64_t key_of(const GridTerm& p, const GridTerm& q, bool pairs_columns) {
    const std::uint32_t a = line_of(p, pairs_columns);
    const std::uint32_t b = line_of(q, pairs_columns);
    const int distance = q.shift - p.shift;
    const bool differ = p.is_negative != q.is_negative;
    const bool is_ordered = a < b || (a == b && distance >= 0);
    return PatternCounts::key_of(is_ordered ? Pattern{a, b, distance, differ} : Pattern{b, a, -distance, differ});
}

/// Terms of different readings of the same digits.
bool exclude(const GridTerm& p, const GridTerm& q) { return p.reading != 0 && p.reading == q.reading && p.is_alternative != q.is_alternative; }

/// Two terms can be paired. Two columns are paired once for each row: terms of one row and one column pair rows only.
bool can_pair(const GridTerm& p, const GridTerm& q, bool pairs_columns) { return pairs_columns ? p.column != q.column : !exclude(p, q); }

}  // namespace

std::uint32_t TermGrid::add_row() {
    rows_.emplace_back();
    return num_rows() - 1;
}

std::uint32_t TermGrid::add_column() {
    columns_.emplace_back();
    return num_columns() - 1;
}

/// Counts the patterns of a line with all others, or with those that come later.
void TermGrid::count_line(Lines lines, std::uint32_t line, bool only_later) {
    const bool pairs_columns = lines == Lines::Columns;
    for (const TermId p : pairs_columns ? columns_[line] : rows_[line]) {
        const GridTerm& term = slots_[p].term;
        for (const TermId q : pairs_columns ? rows_[term.row] : columns_[term.column]) {
            const GridTerm& other = slots_[q].term;
            const std::uint32_t other_line = line_of(other, pairs_columns);
            const bool is_counted = other_line == line ? q > p : !only_later || other_line > line;
            if (!is_counted || !can_pair(term, other, pairs_columns)) {
                continue;
            }
            const std::uint64_t key = key_of(term, other, pairs_columns);
            if (line_counts_.add(key) == 1) {
                line_keys_.push_back(key);
            }
        }
    }
    PatternCounts& counts = counts_[pairs_columns ? 1 : 0];
    for (const std::uint64_t key : line_keys_) {
        if (const int count = line_counts_[key]; count >= 2) {
            counts.add(key, count);
            frequent_.push_back({key, pairs_columns});
        }
    }
    line_counts_.clear(line_keys_);
    line_keys_.clear();
}

/// Counts the patterns of old lines in a new line that crosses them.
void TermGrid::count_among(Lines lines, std::span<const TermId> crossing) {
    const bool pairs_columns = lines == Lines::Columns;
    for (std::size_t i = 0; i < crossing.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const GridTerm& p = slots_[crossing[i]].term;
            const GridTerm& q = slots_[crossing[j]].term;
            if (can_pair(p, q, pairs_columns)) {
                counts_[pairs_columns ? 1 : 0].change(key_of(p, q, pairs_columns), 1);
            }
        }
    }
}

void TermGrid::count_all() {
    for (std::uint32_t row = 0; row < num_rows(); ++row) {
        count_line(Lines::Rows, row, true);
    }
    for (std::uint32_t column = 0; counts_columns_ && column < num_columns(); ++column) {
        count_line(Lines::Columns, column, true);
    }
}

void TermGrid::count_node(std::uint32_t row, std::uint32_t column) {
    count_among(Lines::Rows, columns_[column]);
    count_line(Lines::Rows, row, false);
    if (counts_columns_) {
        count_among(Lines::Columns, rows_[row]);
        count_line(Lines::Columns, column, false);
    }
}

TermGrid::TermId TermGrid::add(const GridTerm& term) {
    const auto id = static_cast<TermId>(slots_.size());
    slots_.push_back({.term = term,
                      .place_in_row = static_cast<std::uint32_t>(rows_[term.row].size()),
                      .place_in_column = static_cast<std::uint32_t>(columns_[term.column].size())});
    rows_[term.row].push_back(id);
    columns_[term.column].push_back(id);
    return id;
}

void TermGrid::erase(TermId id) {
    Slot& slot = slots_[id];
    std::vector<TermId>& row = rows_[slot.term.row];
    row[slot.place_in_row] = row.back();
    slots_[row.back()].place_in_row = slot.place_in_row;
    row.pop_back();
    std::vector<TermId>& column = columns_[slot.term.column];
    column[slot.place_in_column] = column.back();
    slots_[column.back()].place_in_column = slot.place_in_column;
    column.pop_back();
    uncount(slot.term, column, false);
    if (counts_columns_) {
        uncount(slot.term, row, true);
    }
}

/// Counts one pattern less of a term and each of the others.
void TermGrid::uncount(const GridTerm& term, std::span<const TermId> others, bool pairs_columns) {
    PatternCounts& counts = counts_[pairs_columns ? 1 : 0];
    for (const TermId other : others) {
        if (can_pair(term, slots_[other].term, pairs_columns)) {
            line_keys_.push_back(key_of(term, slots_[other].term, pairs_columns));
            counts.prefetch(line_keys_.back());
        }
    }
    for (const std::uint64_t key : line_keys_) {
        counts.change(key, -1);
    }
    line_keys_.clear();
}

void TermGrid::add_both_readings(std::uint32_t row, std::uint32_t column, int shift, bool is_negative) {
    const auto reading = static_cast<std::uint32_t>(readings_.size());
    GridTerm term{.row = row, .column = column, .shift = shift, .is_negative = !is_negative, .is_alternative = false, .reading = reading};
    const TermId one = add(term);
    term.is_negative = is_negative;
    term.shift = shift + 2;
    const TermId four = add(term);
    term.is_alternative = true;
    term.shift = shift;
    const TermId other_one = add(term);
    term.shift = shift + 1;
    readings_.push_back({one, four, other_one, add(term)});
    chosen_.push_back(0);
}

void TermGrid::take(TermId id) {
    const GridTerm term = slots_[id].term;
    if (term.reading != 0) {
        for (const TermId other : readings_[term.reading]) {
            if (slots_[other].term.is_alternative != term.is_alternative) {
                erase(other);
            }
        }
        for (const TermId other : readings_[term.reading]) {
            slots_[other].term.reading = 0;
            slots_[other].term.is_alternative = false;
        }
    }
    erase(id);
}

bool TermGrid::is_free(const Slot& slot) const {
    const std::int8_t chosen = chosen_[slot.term.reading];
    return !slot.is_used && (slot.term.reading == 0 || chosen == 0 || chosen == (slot.term.is_alternative ? 2 : 1));
}

void TermGrid::use(TermId id, std::vector<std::uint32_t>& touched) {
    Slot& slot = slots_[id];
    slot.is_used = true;
    if (slot.term.reading != 0) {
        chosen_[slot.term.reading] = slot.term.is_alternative ? 2 : 1;
        touched.push_back(slot.term.reading);
    }
}

std::vector<TermGrid::Match> TermGrid::matches(const FoundPattern& found) {
    const Pattern pattern = PatternCounts::pattern_of(found.key);
    const auto& lines = found.pairs_columns ? columns_ : rows_;
    const auto cross = [&](const GridTerm& term) { return found.pairs_columns ? term.row : term.column; };
    first_of_.resize(std::max(rows_.size(), columns_.size()), none);
    next_of_.resize(slots_.size(), none);
    for (const TermId id : lines[pattern.b]) {
        TermId& first = first_of_[cross(slots_[id].term)];
        next_of_[id] = std::exchange(first, id);
    }
    std::vector<Match> matches;
    std::vector<std::uint32_t> touched;
    for (const TermId p : lines[pattern.a]) {
        for (TermId q = first_of_[cross(slots_[p].term)]; q != none; q = next_of_[q]) {
            const GridTerm& left = slots_[p].term;
            const GridTerm& right = slots_[q].term;
            if (p != q && right.shift - left.shift == pattern.distance && (left.is_negative != right.is_negative) == pattern.differ && !exclude(left, right) &&
                is_free(slots_[p]) && is_free(slots_[q])) {
                use(p, touched);
                use(q, touched);
                matches.emplace_back(p, q);
                break;
            }
        }
    }
    for (const TermId id : lines[pattern.b]) {
        first_of_[cross(slots_[id].term)] = none;
    }
    for (const Match& match : matches) {
        slots_[match.first].is_used = false;
        slots_[match.second].is_used = false;
    }
    for (const std::uint32_t reading : touched) {
        chosen_[reading] = 0;
    }
    return matches;
}

}  // namespace lutra
