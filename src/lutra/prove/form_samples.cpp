#include "lutra/prove/form_samples.h"

#include <algorithm>
#include <random>

namespace lutra {

namespace {

constexpr int max_modulus_bits = 64;

std::uint64_t lowest_64_bits(const Integer& number) { return static_cast<std::uint64_t>(number.low_bits_signed(max_modulus_bits).to_int64()); }

}  // namespace

bool FormSamples::may_vanish(const ExactForm& form, int width) {
    Sums sums{};
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        Bits where = ~Bits{0};
        for (const std::uint32_t variable : monomial.all()) {
            if (!variables_.is_node(variable)) {
                return true;
            }
            where &= bits_of(variable);
        }
        add(sums, where, coefficient);
    }
    for (const auto& [domain, values] : form.tables) {
        add_table(sums, local_.cut_points(domain), values);
    }
    const std::uint64_t modulus_mask = width >= max_modulus_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    return std::ranges::all_of(sums, [&](std::uint64_t sum) { return (sum & modulus_mask) == 0; });
}

void FormSamples::add(Sums& sums, Bits where, const Integer& coefficient) {
    const std::uint64_t added = lowest_64_bits(coefficient);
    for (std::size_t s = 0; s < num_samples; ++s) {
        sums[s] += (where >> s & 1) != 0 ? added : 0;
    }
}

void FormSamples::add_table(Sums& sums, const Support& cut_points, const std::vector<Integer>& values) {
    std::array<std::size_t, num_samples> assignments{};
    for (std::size_t i = 0; i < cut_points.size(); ++i) {
        const Bits bits = bits_of(cut_points[i]);
        for (std::size_t s = 0; s < num_samples; ++s) {
            assignments[s] |= std::size_t{bits >> s & 1} << i;
        }
    }
    for (std::size_t s = 0; s < num_samples; ++s) {
        sums[s] += lowest_64_bits(values[assignments[s]]);
    }
}

FormSamples::Bits FormSamples::bits_of(std::uint32_t cut_point) {
    if (cut_point >= bits_.size()) {
        bits_.resize(std::size_t{cut_point} + 1);
    }
    std::optional<Bits>& known = bits_[cut_point];
    if (!known) {
        const WordPlace place = local_.place_of(cut_point);
        known = 0;
        for (std::size_t s = 0; s < num_samples; ++s) {
            *known |= Bits{numbers_of(place.word)[s].bit(static_cast<int>(place.place))} << s;
        }
    }
    return *known;
}

/// The ends of the interval, and numbers in between.
const std::array<Integer, FormSamples::num_samples>& FormSamples::numbers_of(std::uint32_t word) {
    if (word >= numbers_.size()) {
        numbers_.resize(std::size_t{word} + 1);
        has_numbers_.resize(numbers_.size(), false);
    }
    if (!has_numbers_[word]) {
        const auto& [low, high] = local_.word(word).interval;
        std::mt19937_64 random(word);
        const Integer size = high - low + Integer(1);
        for (Integer& number : numbers_[word]) {
            const Integer any = static_cast<std::int64_t>(random() >> 1);
            number = low + any - floor_divide(any, size) * size;
        }
        numbers_[word][0] = low;
        numbers_[word][1] = high;
        has_numbers_[word] = true;
    }
    return numbers_[word];
}

}  // namespace lutra
