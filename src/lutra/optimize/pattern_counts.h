#pragma once

/// How often each pattern of two terms occurs in the grid of share_terms.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lutra {

/// Two rows (or two columns) a and b with terms at the shifts s and s + distance in one column (or row). a <= b; of one row, distance >= 0.
struct Pattern {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    int distance = 0;
    bool differ = false;  ///< opposite signs

    friend bool operator==(const Pattern&, const Pattern&) = default;
};

/// A pattern by its key (PatternCounts::key_of), and what it pairs.
struct FoundPattern {
    std::uint64_t key = 0;
    bool pairs_columns = false;
};

/// A hash table with open addressing. It is never iterated.
class PatternCounts {
public:
    /// Numbers of rows and columns must stay below this, and distances within half of it.
    static constexpr std::uint32_t max_lines = std::uint32_t{1} << 23;
    static constexpr int max_distance = 1 << 15;

    /// A pattern in 64 bits, and back.
    static std::uint64_t key_of(const Pattern& p) {
        const auto distance = static_cast<std::uint64_t>(p.distance + max_distance);
        return std::uint64_t{p.a} << 41 | std::uint64_t{p.b} << 18 | distance << 1 | (p.differ ? 1U : 0U);
    }
    static Pattern pattern_of(std::uint64_t key) {
        return {.a = static_cast<std::uint32_t>(key >> 41),
                .b = static_cast<std::uint32_t>(key >> 18) & (max_lines - 1),
                .distance = static_cast<int>(key >> 1 & 0x1FFFF) - max_distance,
                .differ = (key & 1) != 0};
    }

    PatternCounts() : slots_(1024) {}

    /// Counts `more` more and gives the new count.
    int add(std::uint64_t key, int more = 1) {
        if ((num_used_ + 1) * 3 > slots_.size() * 2) {
            grow();
        }
        Slot& slot = find(key);
        num_used_ += slot.key == no_key ? 1 : 0;
        slot.key = key;
        return slot.count += more;
    }
    /// Counts `more` more (or less, when negative) of a pattern that was added before; nothing of others.
    void change(std::uint64_t key, int more) {
        Slot& slot = find(key);
        slot.count += slot.key == key ? more : 0;
    }
    /// Has the memory of a pattern fetched that `change` will soon need.
    void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[home_of(key)]); }
    int operator[](std::uint64_t key) { return find(key).count; }
    /// Forgets everything, given all keys that were added.
    void clear(const std::vector<std::uint64_t>& keys) {
        if (keys.size() * 8 > slots_.size()) {
            slots_.assign(slots_.size(), {});
        } else {
            for (auto key = keys.rbegin(); key != keys.rend(); ++key) {  // the last first, so that the others are still found
                find(*key) = {};
            }
        }
        num_used_ = 0;
    }

private:
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};

    struct Slot {
        std::uint64_t key = no_key;
        int count = 0;
    };

    std::size_t home_of(std::uint64_t key) const {
        std::uint64_t hash = key * 0x9E3779B97F4A7C15U;
        hash = (hash ^ (hash >> 32)) * 0xBF58476D1CE4E5B9U;
        return (hash ^ (hash >> 32)) & (slots_.size() - 1);
    }

    Slot& find(std::uint64_t key) {
        std::size_t place = home_of(key);
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
