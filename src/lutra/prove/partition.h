#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lutra {

/// Parts of a set of small numbers: those that were joined, directly or by others, are in one part.
class Partition {
public:
    /// Forgets all members, in the time that their number takes.
    void clear() {
        for (const std::uint32_t member : members_) {
            places_[member] = 0;
        }
        members_.clear();
        parents_.clear();
    }
    /// Joins key_of(member) of all members.
    template <typename Members, typename KeyOf>
    void join(const Members& members, KeyOf key_of) {
        if (std::empty(members)) {
            return;
        }
        const std::uint32_t first = root_of(place_of(key_of(*std::begin(members))));
        for (const auto& member : members) {
            parents_[root_of(place_of(key_of(member)))] = first;
        }
    }
    /// The same for all members of a part: a number below `size`.
    std::uint32_t part_of(std::uint32_t member) { return root_of(place_of(member)); }
    std::size_t size() const { return parents_.size(); }

private:
    std::uint32_t place_of(std::uint32_t member) {
        if (member >= places_.size()) {
            places_.resize(std::size_t{member} + 1, 0);
        }
        if (places_[member] == 0) {
            parents_.push_back(static_cast<std::uint32_t>(members_.size()));
            members_.push_back(member);
            places_[member] = static_cast<std::uint32_t>(members_.size());
        }
        return places_[member] - 1;
    }
    std::uint32_t root_of(std::uint32_t place) {
        while (parents_[place] != place) {
            place = parents_[place] = parents_[parents_[place]];
        }
        return place;
    }

    std::vector<std::uint32_t> places_;  ///< of each number, from 1; 0 where it is no member
    std::vector<std::uint32_t> members_;
    std::vector<std::uint32_t> parents_;
};

}  // namespace lutra
