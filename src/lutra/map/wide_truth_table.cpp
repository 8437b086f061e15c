#include "lutra/map/wide_truth_table.h"

#include <algorithm>

namespace lutra {

namespace {

constexpr int word_inputs = 6;  ///< inputs of a table that fills a word

/// The entries of a word at which an input is 0.
constexpr std::uint64_t low_entries[word_inputs] = {0x5555555555555555U, 0x3333333333333333U, 0x0F0F0F0F0F0F0F0FU,
                                                    0x00FF00FF00FF00FFU, 0x0000FFFF0000FFFFU, 0x00000000FFFFFFFFU};

/// Every second group of 2^input bits, brought together in the low half.
std::uint64_t halved(std::uint64_t word, int input) {
    word &= low_entries[input];
    for (int step = input; step < word_inputs - 1; ++step) {
        word = (word | word >> (1 << step)) & low_entries[step + 1];
    }
    return word;
}

}  // namespace

WideTruthTable::WideTruthTable(int num_inputs)
    : num_inputs_(num_inputs), words_(num_inputs <= word_inputs ? 1 : std::size_t{1} << (num_inputs - word_inputs), 0) {}

void WideTruthTable::flip() {
    for (std::uint64_t& word : words_) {
        word = ~word;
    }
    if (num_inputs_ < word_inputs) {
        words_[0] &= (std::uint64_t{1} << (1 << num_inputs_)) - 1;
    }
}

bool WideTruthTable::depends_on(int input) const {
    if (input < word_inputs) {
        return std::ranges::any_of(words_, [&](std::uint64_t word) { return ((word ^ word >> (1 << input)) & low_entries[input]) != 0; });
    }
    const std::size_t stride = std::size_t{1} << (input - word_inputs);
    for (std::size_t w = 0; w < words_.size(); w += 2 * stride) {
        const auto low = words_.begin() + static_cast<std::ptrdiff_t>(w);
        const auto high = low + static_cast<std::ptrdiff_t>(stride);
        if (!std::equal(low, high, high)) {
            return true;
        }
    }
    return false;
}

int WideTruthTable::support_size() const {
    int size = 0;
    for (int input = 0; input < num_inputs_; ++input) {
        size += depends_on(input) ? 1 : 0;
    }
    return size;
}

WideTruthTable WideTruthTable::cofactor(int input, bool value) const {
    WideTruthTable result(num_inputs_ - 1);
    if (input >= word_inputs) {
        const std::size_t stride = std::size_t{1} << (input - word_inputs);
        for (std::size_t w = 0; w < result.words_.size(); ++w) {
            const std::size_t low = w % stride;
            result.words_[w] = words_[2 * (w - low) + low + (value ? stride : 0)];
        }
        return result;
    }
    for (std::size_t w = 0; w < words_.size(); ++w) {
        const std::uint64_t half = halved(value ? words_[w] >> (1 << input) : words_[w], input);
        result.words_[w / 2] |= half << (w % 2 == 0 ? 0 : 32);
    }
    return result;
}

std::size_t WideTruthTable::hash() const {
    std::size_t hash = static_cast<std::size_t>(num_inputs_);
    for (const std::uint64_t word : words_) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 32;
    }
    return hash;
}

}  // namespace lutra
