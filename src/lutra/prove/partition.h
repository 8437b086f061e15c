#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace lutra {

/// Parts of a set of numbers: those that were joined, directly or by others, are in one part.
class Partition {
public:
    /// Joins key_of(member) of all members.
    template <typename Member, typename KeyOf>
    void join(std::span<const Member> members, KeyOf key_of) {
        for (const Member& member : members) {
            const std::size_t first = root_of(place_of(key_of(members[0])));
            parents_[root_of(place_of(key_of(member)))] = first;
        }
    }
    /// The same for all members of a part: a number below `size`.
    std::size_t part_of(std::uint64_t member) { return root_of(place_of(member)); }
    std::size_t size() const { return parents_.size(); }

private:
    std::size_t place_of(std::uint64_t member) {
        const auto [place, is_new] = places_.try_emplace(member, parents_.size());
        if (is_new) {
            parents_.push_back(place->second);
        }
        return place->second;
    }
    std::size_t root_of(std::size_t place) {
        while (parents_[place] != place) {
            place = parents_[place] = parents_[parents_[place]];
        }
        return place;
    }

    std::unordered_map<std::uint64_t, std::size_t> places_;
    std::vector<std::size_t> parents_;
};

}  // namespace lutra
