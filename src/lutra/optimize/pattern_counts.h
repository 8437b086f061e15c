#pragma once

/// How often each two-term pattern occurs in the columns of share_terms.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "lutra/optimize/share_terms.h"

namespace lutra {

/// a + b * 2^distance, or a - b * 2^distance; distance may be negative. a is the node of the lower number or, of one node, the lower term.
struct Pattern {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    int distance = 0;
    bool differ = false;  ///< opposite signs

    friend bool operator==(const Pattern&, const Pattern&) = default;
};

/// The pattern of two terms, of which p has the lower node or, of one node, the lower shift.
inline Pattern pattern_of(const SignedTerm& p, const SignedTerm& q) {
    return {.a = p.node, .b = q.node, .distance = q.shift - p.shift, .differ = p.is_negative != q.is_negative};
}

/// A hash table with open addressing that only grows. It is never iterated.
class PatternCounts {
public:
    /// Nodes must stay below this, and distances within half of it.
    static constexpr std::uint32_t max_nodes = std::uint32_t{1} << 23;
    static constexpr int max_distance = 1 << 15;

    explicit PatternCounts(std::size_t num_expected) : slots_(std::bit_ceil(num_expected * 2 + 16)) {}

    /// Counts one more and gives the new count.
    int add(const Pattern& pattern) {
        if ((num_used_ + 1) * 3 > slots_.size() * 2) {
            grow();
        }
        const std::uint64_t key = key_of(pattern);
        Slot& slot = find(key);
        num_used_ += slot.key == no_key ? 1 : 0;
        slot.key = key;
        return ++slot.count;
    }
    /// Counts one less of a pattern that was added before.
    void remove(const Pattern& pattern) { --find(key_of(pattern)).count; }
    int operator[](const Pattern& pattern) { return find(key_of(pattern)).count; }

private:
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};

    struct Slot {
        std::uint64_t key = no_key;
        int count = 0;
    };

    static std::uint64_t key_of(const Pattern& p) {
        const auto distance = static_cast<std::uint64_t>(p.distance + max_distance);
        return std::uint64_t{p.a} << 41 | std::uint64_t{p.b} << 18 | distance << 1 | (p.differ ? 1U : 0U);
    }

    Slot& find(std::uint64_t key) {
        std::uint64_t hash = key * 0x9E3779B97F4A7C15U;
        hash = (hash ^ (hash >> 32)) * 0xBF58476D1CE4E5B9U;
        std::size_t place = (hash ^ (hash >> 32)) & (slots_.size() - 1);
        while (slots_[place].key != key && slots_[place].key != no_key) {
            place = (place + 1) & (slots_.size() - 1);
        }
        return slots_[place];
    }

    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.key != no_key) {
                find(slot.key) = slot;
            }
        }
    }

    std::vector<Slot> slots_;
    std::size_t num_used_ = 0;
};

}  // namespace lutra
