#include "lutra/map/bit_heap.h"

#include <algorithm>
#include <array>
#include <bit>

#include "lutra/base/assert.h"
#include "lutra/optimize/signed_digits.h"

namespace lutra {

namespace {

WordProfile profile_of(const HeapWord& word) {
    WordProfile profile{0, static_cast<std::uint64_t>(word.max_value.to_int64())};
    for (std::size_t i = 0; i < word.bits.size(); ++i) {
        profile.columns |= word.bits[i].is_zero() ? 0 : std::uint64_t{1} << (static_cast<std::size_t>(word.low) + i);
    }
    return profile;
}

Bit bit_at(const HeapWord& word, int column) {
    const int i = column - word.low;
    return i < 0 || i >= static_cast<int>(word.bits.size()) ? Bit::constant(false) : word.bits[static_cast<std::size_t>(i)];
}

/// Bit `place` of how many of the inputs are ones.
std::uint64_t count_table(int num_inputs, int place) {
    std::uint64_t table = 0;
    for (unsigned ones = 0; ones < 1U << num_inputs; ++ones) {
        table |= static_cast<std::uint64_t>(std::popcount(ones) >> place & 1) << ones;
    }
    return table;
}

int end_of(const HeapWord& word) { return word.low + static_cast<int>(word.bits.size()); }

}  // namespace

void BitHeap::add(const BitWord& word, bool is_signed, const Interval& interval, const Integer& coefficient) {
    for (const SignedDigit& digit : signed_digits(coefficient)) {
        if (digit.shift < window_) {
            add_digit(word, is_signed, interval, digit.shift, digit.is_negative);
        }
    }
}

void BitHeap::add_digit(const BitWord& word, bool is_signed, const Interval& interval, int shift, bool is_negative) {
    // Bits above the interval are copies of the sign, or zero.
    const bool has_sign = is_signed && interval.low.sign() < 0;
    const int magnitude = std::max(interval.low.bit_length(), interval.high.bit_length());
    const int width = std::min(static_cast<int>(word.size()), magnitude + (has_sign ? 1 : 0));
    HeapWord added{.low = shift, .bits = {word.begin(), word.begin() + width}, .max_value = {}};
    for (int i = 0; i < width; ++i) {
        const bool is_top = has_sign && i == width - 1;
        Bit& bit = added.bits[static_cast<std::size_t>(i)];
        bit = bit.inverted_if(is_top != is_negative);
    }
    // value = +-(raw), u = value + offset
    const Integer half = has_sign && width > 0 ? Integer::power_of_two(width - 1) : Integer(0);
    const Integer offset = is_negative ? (has_sign ? half - Integer(1) : Integer::power_of_two(width) - Integer(1)) : half;
    const Integer largest = (is_negative ? -interval.low : interval.high) + offset;
    constant_ -= offset << shift;
    const int kept = window_ - shift;
    if (width > kept) {
        added.bits.resize(static_cast<std::size_t>(kept));
        added.max_value = (Integer::power_of_two(kept) - Integer(1)) << shift;
    } else {
        added.max_value = largest << shift;
    }
    // Constant ones belong to the constant.
    for (std::size_t i = 0; i < added.bits.size(); ++i) {
        if (added.bits[i].is_one()) {
            const Integer weight = Integer::power_of_two(shift + static_cast<int>(i));
            constant_ += weight;
            added.max_value -= weight;
            added.bits[i] = Bit::constant(false);
        }
    }
    while (!added.bits.empty() && added.bits.back().is_zero()) {
        added.bits.pop_back();
    }
    while (!added.bits.empty() && added.bits.front().is_zero()) {
        added.bits.erase(added.bits.begin());
        ++added.low;
    }
    if (!added.bits.empty()) {
        words_.push_back(std::move(added));
    }
}

SumProfile BitHeap::profile(bool has_ternary_rows) const {
    SumProfile profile{.words = {}, .constant = static_cast<std::uint64_t>(constant_.to_int64()), .window = window_, .has_ternary_rows = has_ternary_rows};
    std::ranges::transform(words_, std::back_inserter(profile.words), profile_of);
    return profile;
}

BitWord BitHeap::sum(bool has_ternary_rows, RowPlans& plans) && {
    constant_ = constant_.low_bits(window_);
    if (window_ > max_plan_window) {
        return sum_of_wide_words(has_ternary_rows);
    }
    if (words_.empty()) {
        words_.emplace_back();
    }
    return sum_by(plans.plan(profile(has_ternary_rows)));
}

BitWord BitHeap::sum_by(const RowPlan& plan) {
    for (const RowStep& step : plan.steps) {
        std::vector<const HeapWord*> operands;
        for (const int word : step.all()) {
            operands.push_back(&words_[static_cast<std::size_t>(word)]);
        }
        words_.push_back(add_row(operands, step.has_constant ? constant_ : Integer(0)));
    }
    BitWord result;
    for (int c = 0; c < window_; ++c) {
        result.push_back(bit_at(words_.back(), c));
    }
    return result;
}

BitWord BitHeap::fast_sum(bool has_ternary_rows, RowPlans& plans, BitTimes& times, bool has_counters) && {
    constant_ = constant_.low_bits(window_);
    if (window_ > max_plan_window || words_.size() < 2) {
        return std::move(*this).sum(has_ternary_rows, plans);
    }
    const SumProfile smallest = profile(has_ternary_rows);
    std::vector<double> ready;
    for (const HeapWord& word : words_) {
        double& time = ready.emplace_back(0);
        std::ranges::for_each(word.bits, [&](Bit bit) { time = std::max(time, times.at_row(bit)); });
    }
    std::vector<Bit> bits;
    const FastSum fast = plan_fast_sum({.columns = columns(times, bits),
                                        .num_bits = static_cast<int>(bits.size()),
                                        .constant = smallest.constant,
                                        .window = window_,
                                        .has_ternary_rows = has_ternary_rows,
                                        .has_counters = has_counters,
                                        .delays = times.delays()});
    constexpr double least_gain_ns = 0.05;
    const RowPlan& rows = plans.plan(smallest);
    if (rows_done_ns(smallest, rows, std::move(ready), times.delays()) < fast.time_ns + least_gain_ns) {
        return sum_by(rows);
    }
    return sum_by(fast, std::move(bits));
}

HeapColumns BitHeap::columns(BitTimes& times, std::vector<Bit>& bits) const {
    HeapColumns columns(static_cast<std::size_t>(window_));
    for (const HeapWord& word : words_) {
        for (int c = word.low; c < end_of(word); ++c) {
            if (const Bit bit = bit_at(word, c); !bit.is_zero()) {
                columns[static_cast<std::size_t>(c)].push_back({static_cast<int>(bits.size()), times.at(bit), times.at_row(bit)});
                bits.push_back(bit);
            }
        }
    }
    return columns;
}

BitWord BitHeap::sum_by(const FastSum& fast, std::vector<Bit> bits) {
    for (const Counter& counter : fast.counters) {
        std::array<Bit, max_table_inputs> operands;
        std::ranges::transform(counter.all(), operands.begin(), [&](int number) { return bits[static_cast<std::size_t>(number)]; });
        for (int place = 0; place < counter.num_outputs(); ++place) {
            bits.push_back(network_.function({operands.data(), static_cast<std::size_t>(counter.num_bits)}, count_table(counter.num_bits, place)));
        }
    }
    words_.clear();
    for (const std::vector<int>& numbers : fast.words) {
        HeapWord& word = words_.emplace_back();
        for (std::size_t c = 0; c < numbers.size(); ++c) {
            const Bit bit = numbers[c] == FastSum::none ? Bit::constant(false) : bits[static_cast<std::size_t>(numbers[c])];
            word.bits.push_back(bit);
            word.max_value += bit.is_zero() ? Integer(0) : Integer::power_of_two(static_cast<int>(c));
        }
        // The range of what counters leave is hard to know: its rows go on to the end, where no carry counts.
        word.max_value = fast.counters.empty() ? word.max_value : largest_;
    }
    return sum_by(fast.rows);
}

BitWord BitHeap::sum_of_wide_words(bool has_ternary_rows) {
    // Words of like ends first; the constant last.
    const std::size_t num_together = has_ternary_rows ? 3 : 2;
    std::ranges::stable_sort(words_, {}, end_of);
    for (std::size_t next = 0; next + 1 < words_.size(); next += num_together) {
        std::vector<const HeapWord*> operands;
        for (std::size_t i = next; i < std::min(next + num_together, words_.size()); ++i) {
            operands.push_back(&words_[i]);
        }
        words_.push_back(add_row(operands, 0));
    }
    HeapWord total = words_.empty() ? HeapWord{} : words_.back();
    if (!constant_.is_zero()) {
        const std::array operands = {static_cast<const HeapWord*>(&total)};
        total = add_row(operands, constant_);
    }
    BitWord result;
    for (int c = 0; c < window_; ++c) {
        result.push_back(bit_at(total, c));
    }
    return result;
}

HeapWord BitHeap::add_row(std::span<const HeapWord* const> words, const Integer& constant) {
    HeapWord result{.low = 0, .bits = {}, .max_value = constant};
    int end = constant.bit_length();
    for (const HeapWord* word : words) {
        result.max_value += word->max_value;
        end = std::max(end, end_of(*word));
    }
    result.max_value = std::min(result.max_value, largest_);
    end = std::min(std::max(end, result.max_value.bit_length()), window_);
    std::vector<RowColumn> columns;
    for (int c = 0; c < end; ++c) {
        RowColumn column;
        for (const HeapWord* word : words) {
            if (const Bit bit = bit_at(*word, c); !bit.is_zero()) {
                column.add(bit);
            }
        }
        if (constant.bit(c)) {
            LUTRA_ASSERT(column.num_bits < 3);
            column.add(Bit::constant(true));
        }
        if (columns.empty() && column.num_bits < 2) {
            result.bits.push_back(column.num_bits == 1 ? column.bits[0] : Bit::constant(false));
        } else {
            columns.push_back(column);
        }
    }
    if (!columns.empty()) {
        const BitWord sums = network_.row(std::move(columns));
        result.bits.insert(result.bits.end(), sums.begin(), sums.end());
    }
    return result;
}

}  // namespace lutra
