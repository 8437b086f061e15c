#pragma once

/// Patterns by what sharing them gains, best first.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lutra/optimize/pattern_counts.h"

namespace lutra {

/// A priority queue of coarse ranks: gains below 256 are ranks of their own, larger ones have eight bits of precision. Patterns of a rank leave
/// in the order in which they came.
class PatternQueue {
public:
    static std::size_t rank_of(std::uint64_t gain) {
        const int excess = std::max(static_cast<int>(std::bit_width(gain)) - 9, 0);
        return static_cast<std::size_t>(excess) * 256 + static_cast<std::size_t>(gain >> excess);
    }

    void push(std::size_t rank, const FoundPattern& entry) {
        if (rank >= buckets_.size()) {
            buckets_.resize(rank + 1);
        }
        buckets_[rank].entries.push_back(entry);
        top_ = std::max(top_, rank);
    }

    /// The rank of the entry that pop would take; nothing when it is empty.
    std::optional<std::size_t> top_rank() {
        while (!buckets_.empty() && buckets_[top_].is_empty()) {
            buckets_[top_] = {};
            if (top_ == 0) {
                return std::nullopt;
            }
            --top_;
        }
        return buckets_.empty() ? std::nullopt : std::optional(top_);
    }

    /// Takes the first entry of the top rank, which top_rank has just said.
    FoundPattern pop() {
        Bucket& bucket = buckets_[top_];
        return bucket.entries[bucket.next++];
    }

private:
    struct Bucket {
        std::vector<FoundPattern> entries;
        std::size_t next = 0;

        bool is_empty() const { return next == entries.size(); }
    };

    std::vector<Bucket> buckets_;
    std::size_t top_ = 0;
};

}  // namespace lutra
