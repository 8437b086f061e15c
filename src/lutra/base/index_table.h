#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace lutra {

/// Finds things again that are numbered from elsewhere: a hash table of their numbers, with open addressing. 12 bytes a thing, or somewhat more.
class IndexTable {
public:
    /// The number of a thing with this hash for which is_same(number) holds; where there is none, that of make(), which is kept.
    template <typename IsSame, typename Make>
    std::uint32_t find_or_add(std::size_t hash, IsSame is_same, Make make) {
        if (2 * (size_ + 1) > slots_.size()) {
            grow();
        }
        Slot* slot = &slots_[first_place(hash)];
        while (slot->index != free) {
            if (slot->hash == hash && is_same(slot->index)) {
                return slot->index;
            }
            slot = slot == &slots_.back() ? slots_.data() : slot + 1;
        }
        *slot = {hash, make()};
        ++size_;
        return slot->index;
    }

    void clear() {
        slots_ = {};
        size_ = 0;
    }

private:
    static constexpr std::uint32_t free = std::numeric_limits<std::uint32_t>::max();
    struct Slot {
        std::size_t hash = 0;
        std::uint32_t index = free;
    };

    std::size_t first_place(std::size_t hash) const { return (hash ^ (hash >> 32)) & (slots_.size() - 1); }

    void grow() {
        constexpr std::size_t fewest_slots = 64;
        std::vector<Slot> old(slots_.empty() ? fewest_slots : 2 * slots_.size());
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.index != free) {
                std::size_t place = first_place(slot.hash);
                while (slots_[place].index != free) {
                    place = (place + 1) & (slots_.size() - 1);
                }
                slots_[place] = slot;
            }
        }
    }

    std::vector<Slot> slots_;  ///< a power of two of them, at most half used
    std::size_t size_ = 0;
};

}  // namespace lutra
