#pragma once

#include <mutex>
#include <utility>

namespace lutra {

/// Results that are computed once and kept, for several threads. `Map` is a map whose entries stay where they are (std::map, std::unordered_map).
template <typename Map>
class Memo {
public:
    using Key = typename Map::key_type;
    using Value = typename Map::mapped_type;

    /// The result for a key, computed by `compute(key)` where it is not known. Two threads that need it at the same time both compute it: it must
    /// depend on the key alone.
    template <typename Compute>
    const Value& get(const Key& key, Compute&& compute) {
        {
            const std::scoped_lock lock(mutex_);
            if (const auto found = known_.find(key); found != known_.end()) {
                return found->second;
            }
        }
        Value value = std::forward<Compute>(compute)(key);
        const std::scoped_lock lock(mutex_);
        return known_.try_emplace(key, std::move(value)).first->second;
    }

private:
    std::mutex mutex_;
    Map known_;
};

}  // namespace lutra
