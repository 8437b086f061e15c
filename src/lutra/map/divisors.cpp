#include "lutra/map/divisors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "lutra/base/assert.h"
#include "lutra/base/bits.h"
#include "lutra/netlist/truth_table.h"

namespace lutra {

namespace {

/// A set of divisors, one bit each.
using DivisorSet = std::uint64_t;

constexpr int max_steps = 3000;

/// A smallest-first search for a set of divisors that meets each of the given sets.
class HittingSet {
public:
    /// `sets` by size.
    bool find(std::span<const DivisorSet> sets, int max_size) {
        chosen_.clear();
        steps_left_ = max_steps;
        return needs_at_most(sets, max_size) && extend({sets.begin(), sets.end()}, max_size);
    }
    const std::vector<std::size_t>& chosen() const { return chosen_; }

private:
    /// False where so many of the sets are disjoint that no set of this size meets all.
    static bool needs_at_most(std::span<const DivisorSet> sets, int size) {
        DivisorSet seen = 0;
        for (const DivisorSet set : sets) {
            if ((set & seen) == 0) {
                seen |= set;
                if (size-- == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    bool extend(const std::vector<DivisorSet>& sets, int num_left) {
        if (sets.empty()) {
            return true;
        }
        if (num_left == 0 || --steps_left_ < 0) {
            return false;
        }
        if (num_left == 1) {
            DivisorSet common = ~DivisorSet{0};
            for (const DivisorSet set : sets) {
                common &= set;
            }
            if (common != 0) {
                chosen_.push_back(static_cast<std::size_t>(std::countr_zero(common)));
            }
            return common != 0;
        }
        std::vector<DivisorSet> rest;
        for (DivisorSet choices = sets[0]; choices != 0; choices &= choices - 1) {
            const DivisorSet choice = choices & -choices;
            rest.clear();
            std::ranges::copy_if(sets, std::back_inserter(rest), [&](DivisorSet set) { return (set & choice) == 0; });
            chosen_.push_back(static_cast<std::size_t>(std::countr_zero(choice)));
            if (needs_at_most(rest, num_left - 1) && extend(rest, num_left - 1)) {
                return true;
            }
            chosen_.pop_back();
        }
        return false;
    }

    std::vector<std::size_t> chosen_;
    int steps_left_ = 0;
};

/// The search for trees of one function.
class TreeSearch {
public:
    TreeSearch(const WideTruthTable& f, std::span<const WideTruthTable> divisors, int max_inputs)
        : f_(f), num_divisors_(divisors.size()), max_inputs_(max_inputs), values_(f.size(), 0), is_looked_at_(f.size(), false) {
        for (std::size_t d = 0; d < divisors.size(); ++d) {
            for (std::size_t entry = 0; entry < f.size(); ++entry) {
                values_[entry] |= DivisorSet{divisors[d][entry]} << d;
            }
        }
    }

    std::optional<DivisorTree> find(const Entries& entries, int num_levels) {
        DivisorTree tree;
        if (num_levels == 0) {
            return find_inputs(entries, tree.inputs) ? std::optional(std::move(tree)) : std::nullopt;
        }
        // Only right in front of the LUTs all divisors are tried; above, the inputs of f, which are the first.
        const bool is_lowest = num_levels == 1;
        const std::size_t num_selectors = is_lowest ? num_divisors_ : static_cast<std::size_t>(f_.num_inputs());
        const std::vector<Neighbours> neighbours = is_lowest ? differing_neighbours(entries) : std::vector<Neighbours>{};
        for (tree.selector = 0; tree.selector < num_selectors; ++tree.selector) {
            if (is_lowest && !can_split(neighbours, tree.selector)) {
                continue;
            }
            tree.halves.clear();
            for (const bool value : {false, true}) {
                Entries half;
                std::ranges::copy_if(entries, std::back_inserter(half),
                                     [&](std::uint32_t entry) { return (values_[entry] >> tree.selector & 1) == (value ? 1 : 0); });
                auto found = half.empty() || half.size() == entries.size() ? std::nullopt : find(half, num_levels - 1);
                if (!found) {
                    break;
                }
                tree.halves.push_back(*std::move(found));
            }
            if (tree.halves.size() == 2) {
                return tree;
            }
        }
        return std::nullopt;
    }

private:
    /// Divisors that determine f at the entries: first those that tell its neighbouring entries apart, which are few; then pairs that these leave
    /// together are added until none is left.
    bool find_inputs(const Entries& entries, std::vector<std::size_t>& inputs) {
        std::vector<DivisorSet> sets = telling_neighbours(entries);
        while (search_.find(sets, max_inputs_)) {
            inputs = search_.chosen();
            const std::size_t num_sets = sets.size();
            add_left_together(entries, inputs, sets);
            if (sets.size() == num_sets) {
                return true;
            }
            sets = by_size(sets);
        }
        return false;
    }

    /// Adds what would tell apart entries of different values at which the inputs agree.
    void add_left_together(const Entries& entries, const std::vector<std::size_t>& inputs, std::vector<DivisorSet>& sets) const {
        constexpr std::uint32_t none = ~0U;
        std::array<std::array<std::uint32_t, 2>, std::size_t{1} << max_table_inputs> found;
        found.fill({none, none});
        for (const std::uint32_t entry : entries) {
            std::size_t address = 0;
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                address |= (values_[entry] >> inputs[i] & 1) << i;
            }
            found[address][f_[entry] ? 1 : 0] = entry;
        }
        for (const auto& [zero, one] : found) {
            if (zero != none && one != none) {
                sets.push_back(values_[zero] ^ values_[one]);
            }
        }
    }

    /// Two neighbouring entries in which f differs: the divisors that tell them apart, and those that are 1 at one of them.
    struct Neighbours {
        DivisorSet telling = 0;
        DivisorSet ones = 0;
    };

    std::vector<Neighbours> differing_neighbours(const Entries& entries) {
        for (const std::uint32_t entry : entries) {
            is_looked_at_[entry] = true;
        }
        std::vector<Neighbours> neighbours;
        const auto add = [&](std::uint32_t a, std::uint32_t b) {
            if (f_[a] != f_[b]) {
                neighbours.push_back({values_[a] ^ values_[b], values_[a]});
            }
        };
        std::uint32_t before = entries[0];
        for (const std::uint32_t entry : entries) {
            add(entry, before);
            before = entry;
            for (std::uint32_t bit = 1; bit < f_.size(); bit *= 2) {
                if ((entry & bit) == 0 && is_looked_at_[entry | bit]) {
                    add(entry, entry | bit);
                }
            }
        }
        for (const std::uint32_t entry : entries) {
            is_looked_at_[entry] = false;
        }
        return neighbours;
    }

    std::vector<DivisorSet> telling_neighbours(const Entries& entries) {
        std::vector<DivisorSet> sets;
        for (const Neighbours& neighbours : differing_neighbours(entries)) {
            sets.push_back(neighbours.telling);
        }
        return by_size(sets);
    }

    /// False where neighbours show that one of the halves behind a selector has no LUT.
    bool can_split(const std::vector<Neighbours>& neighbours, std::size_t selector) const {
        std::array<DivisorSet, 2> seen{};
        std::array<int, 2> num_disjoint{};
        for (const Neighbours& pair : neighbours) {
            const std::size_t half = pair.ones >> selector & 1;
            if ((pair.telling >> selector & 1) == 0 && (pair.telling & seen[half]) == 0) {
                seen[half] |= pair.telling;
                ++num_disjoint[half];
            }
        }
        return std::ranges::max(num_disjoint) <= max_inputs_;
    }

    /// Sets in the order of their sizes, each once where equal ones stand together.
    static std::vector<DivisorSet> by_size(const std::vector<DivisorSet>& sets) {
        std::array<std::size_t, max_divisors + 2> begin{};
        for (const DivisorSet set : sets) {
            ++begin[static_cast<std::size_t>(count_ones(set)) + 1];
        }
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        std::vector<DivisorSet> sorted(sets.size());
        for (const DivisorSet set : sets) {
            sorted[begin[static_cast<std::size_t>(count_ones(set))]++] = set;
        }
        sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
        return sorted;
    }

    const WideTruthTable& f_;
    std::size_t num_divisors_;
    int max_inputs_;
    std::vector<DivisorSet> values_;  ///< per entry, the divisors that are 1
    std::vector<bool> is_looked_at_;  ///< per entry; all false between calls
    HittingSet search_;
};

}  // namespace

Entries all_entries(const WideTruthTable& table) {
    Entries entries(table.size());
    std::iota(entries.begin(), entries.end(), 0U);
    return entries;
}

Entries entries_where(const WideTruthTable& table, bool value, const Entries& among) {
    Entries entries;
    std::ranges::copy_if(among, std::back_inserter(entries), [&](std::uint32_t entry) { return table[entry] == value; });
    return entries;
}

std::optional<DivisorTree> tree_of_divisors(const WideTruthTable& f, std::span<const WideTruthTable> divisors, int max_inputs, int num_levels) {
    LUTRA_ASSERT(f.num_inputs() <= max_divided_inputs && divisors.size() <= max_divisors);
    TreeSearch search(f, divisors, max_inputs);
    std::optional<DivisorTree> tree;
    for (int levels = 0; levels < num_levels && !tree; ++levels) {
        tree = search.find(all_entries(f), levels);
    }
    return tree;
}

std::optional<std::uint64_t> table_over(const WideTruthTable& f, const Entries& entries, std::span<const WideTruthTable> divisors,
                                        std::span<const std::size_t> inputs) {
    std::uint64_t ones = 0;
    std::uint64_t zeros = 0;
    for (const std::uint32_t entry : entries) {
        std::size_t address = 0;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i] >= divisors.size()) {
                return std::nullopt;
            }
            address |= std::size_t{divisors[inputs[i]][entry]} << i;
        }
        (f[entry] ? ones : zeros) |= std::uint64_t{1} << address;
    }
    return (ones & zeros) == 0 ? std::optional(ones) : std::nullopt;
}

const std::optional<DivisorTree>& DivisorTrees::find(const WideTruthTable& f, std::span<const WideTruthTable> divisors, double max_luts) {
    int num_levels = 0;
    while (num_levels < f.num_inputs() && static_cast<double>(1 << num_levels) < max_luts) {
        ++num_levels;
    }
    std::pair<std::size_t, std::size_t> key(f.hash(), static_cast<std::size_t>(num_levels));
    for (const WideTruthTable& divisor : divisors) {
        key.first = (key.first ^ divisor.hash()) * 0x9E3779B97F4A7C15U;
        key.second = (key.second + divisor.hash()) * 0xBF58476D1CE4E5B9U;
        key.second ^= key.second >> 31;
    }
    return known_.get(key, [&](const auto&) { return tree_of_divisors(f, divisors, lut_inputs_, num_levels); });
}

}  // namespace lutra
