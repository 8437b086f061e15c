#include "lutra/map/bit_heap.h"

#include <algorithm>

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

BitWord BitHeap::sum(bool has_ternary_rows, RowPlans& plans) && {
    constant_ = constant_.low_bits(window_);
    if (window_ > max_plan_window) {
        return sum_of_wide_words(has_ternary_rows);
    }
    if (words_.empty()) {
        words_.emplace_back();
    }
    SumProfile profile{.words = {}, .constant = static_cast<std::uint64_t>(constant_.to_int64()), .window = window_, .has_ternary_rows = has_ternary_rows};
    std::ranges::transform(words_, std::back_inserter(profile.words), profile_of);
    for (const RowStep& step : plans.plan(profile).steps) {
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
    const Integer largest = Integer::power_of_two(window_) - Integer(1);
    HeapWord result{.low = 0, .bits = {}, .max_value = constant};
    int end = constant.bit_length();
    for (const HeapWord* word : words) {
        result.max_value += word->max_value;
        end = std::max(end, end_of(*word));
    }
    result.max_value = std::min(result.max_value, largest);
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
