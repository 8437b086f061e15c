#include "lutra/flow/net_signatures.h"

#include <algorithm>
#include <bit>
#include <random>

namespace lutra {

namespace {

/// The words as they are, or inverted so that the first event gives 0.
bool is_inverted(const std::vector<std::uint64_t>& values) { return !values.empty() && (values[0] & 1) != 0; }

std::uint64_t hash_of(const std::vector<std::uint64_t>& values) {
    const std::uint64_t flip = is_inverted(values) ? ~std::uint64_t{0} : 0;
    std::uint64_t hash = 0x9e3779b97f4a7c15U;
    for (const std::uint64_t word : values) {
        hash = (hash ^ word ^ flip) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 29;
    }
    return hash;
}

/// Equal (0), inverse (1) or neither.
std::optional<bool> inversion(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    const bool inverse = is_inverted(a) != is_inverted(b);
    const std::uint64_t flip = inverse ? ~std::uint64_t{0} : 0;
    const bool same = std::ranges::equal(a, b, [&](std::uint64_t x, std::uint64_t y) { return (x ^ flip) == y; });
    return same ? std::optional(inverse) : std::nullopt;
}

}  // namespace

void NetSignatures::add(std::span<const std::uint64_t> inputs) {
    const std::vector<std::uint64_t> values = evaluate_logic(*network_, inputs);
    for (std::size_t n = 0; n < values.size(); ++n) {
        values_[n].push_back(values[n]);
    }
}

void NetSignatures::index() {
    nodes_by_hash_.clear();
    for (std::size_t n = 0; n < values_.size(); ++n) {
        // Nothing reads what is only the inverse of another node.
        if (network_->nodes[n].num_inputs != 1) {
            nodes_by_hash_[hash_of(values_[n])].push_back(static_cast<LogicIndex>(n));
        }
    }
}

std::optional<NetGuess> NetSignatures::match(LogicIndex node, const std::vector<std::uint64_t>& values) const {
    const auto inverse = inversion(values_[node], values);
    return inverse ? std::optional(NetGuess{node, *inverse}) : std::nullopt;
}

std::optional<NetGuess> NetSignatures::find(const std::vector<std::uint64_t>& values) const {
    const std::vector<NetGuess> guesses = all(values);
    return guesses.size() == 1 ? std::optional(guesses.front()) : std::nullopt;
}

std::vector<NetGuess> NetSignatures::all(const std::vector<std::uint64_t>& values) const {
    std::vector<NetGuess> guesses;
    if (const auto found = nodes_by_hash_.find(hash_of(values)); found != nodes_by_hash_.end()) {
        for (const LogicIndex node : found->second) {
            if (const auto guess = match(node, values)) {
                guesses.push_back(*guess);
            }
        }
    }
    return guesses;
}

NetSignatures NetSignatures::selected(const std::vector<std::uint64_t>& events) const {
    NetSignatures some(*network_);
    for (std::size_t n = 0; n < values_.size(); ++n) {
        some.values_[n] = select_events(values_[n], events);
    }
    return some;
}

std::vector<std::uint64_t> select_events(const std::vector<std::uint64_t>& values, const std::vector<std::uint64_t>& events) {
    constexpr int word_bits = 64;
    std::vector<std::uint64_t> some;
    int num_bits = word_bits;
    for (std::size_t w = 0; w < events.size(); ++w) {
        for (std::uint64_t rest = events[w]; rest != 0; rest &= rest - 1) {
            if (num_bits == word_bits) {
                some.push_back(0);
                num_bits = 0;
            }
            some.back() |= (values[w] >> std::countr_zero(rest) & 1) << num_bits++;
        }
    }
    // Unused bits repeat the first, so that an inverse stays an inverse.
    for (; num_bits > 0 && num_bits < word_bits; ++num_bits) {
        some.back() |= (some.front() & 1) << num_bits;
    }
    return some;
}

std::vector<std::vector<std::uint64_t>> random_words(std::size_t num_inputs, std::size_t num_words, std::uint64_t seed) {
    constexpr std::size_t num_kinds = 4;
    std::mt19937_64 random(seed);
    std::vector<std::vector<std::uint64_t>> words(num_words, std::vector<std::uint64_t>(num_inputs));
    for (std::size_t w = 0; w < num_words; ++w) {
        std::uint64_t before = random();
        for (std::uint64_t& bits : words[w]) {
            const std::uint64_t even = random();
            const std::uint64_t rare = random() & random() & random();
            switch (w % num_kinds) {
                case 0: bits = even; break;
                case 1: bits = before ^ rare; break;
                case 2: bits = before ^ (rare & random()); break;
                default: bits = w % (2 * num_kinds) < num_kinds ? rare : ~rare; break;
            }
            before = bits;
        }
    }
    return words;
}

std::vector<std::uint64_t> words_near(const std::vector<bool>& event, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> words;
    for (const bool bit : event) {
        const std::uint64_t flips = random() & random() & random() & random() & ~std::uint64_t{1};
        words.push_back((bit ? ~std::uint64_t{0} : 0) ^ flips);
    }
    return words;
}

}  // namespace lutra
