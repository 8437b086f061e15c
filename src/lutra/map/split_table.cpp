#include "lutra/map/split_table.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "lutra/base/assert.h"
#include "lutra/map/table_functions.h"

namespace lutra {

namespace {

/// Tables beyond these limits stay whole.
constexpr std::size_t max_entries = std::size_t{1} << 13;
constexpr int max_entry_bits = 60;

using Raw = std::int64_t;

int bits_for(Raw range) { return std::bit_width(static_cast<std::uint64_t>(range)); }

/// How the value of a block of entries, the coarse part, follows from them.
enum class Base : std::uint8_t {
    Least,         ///< their least value
    Greatest,      ///< the leftovers' greatest value is reached
    First,         ///< the leftover of the first entry is in the middle: blocks of one slope leave the same
    LeastAligned,  ///< their least value without the bits that the leftovers have, but one
};

/// One way to split: blocks of 2^shift entries, leftovers of `width` bits.
struct Split {
    int shift = 0;
    int width = 0;
    Base base = Base::Least;
    double estimate = 0;
};

/// entries[a - first] = coarse[(a >> shift) - coarse.first] + fine[a - first].
struct TwoParts {
    int shift = 0;
    LookupTable coarse;
    LookupTable fine;
    double cost = 0;
};

class TableSplitter {
public:
    TableSplitter(const LookupTable& table, LutCost& cost, double row_bit, std::size_t num_tried)
        : table_(table), cost_(cost), row_bit_(row_bit), num_tried_(num_tried), first_(table.first.to_int64()) {
        std::ranges::transform(table.entries, std::back_inserter(entries_), &Integer::to_int64);
    }

    /// The cheapest parts, if they cost less than the table.
    std::optional<TwoParts> run() const {
        std::optional<TwoParts> best;
        double least = table_cost(cost_, table_);
        for (const Split& split : candidates()) {
            std::optional<TwoParts> parts = part(split);
            if (parts && parts->cost < least) {
                least = parts->cost;
                best = std::move(parts);
            }
        }
        return best;
    }

private:
    std::vector<Split> candidates() const {
        const auto [low, high] = std::ranges::minmax(entries_);
        const int width = bits_for(high - low);
        const int address_bits = bits_for(static_cast<Raw>(entries_.size()) - 1);
        std::vector<Split> found;
        for (int shift = 1; shift < address_bits - 1; ++shift) {
            const int least_width = std::max(bits_for(largest_range(shift)), 1);
            for (int fine = least_width; fine < width && fine <= least_width + 1; ++fine) {
                for (const Base base : {Base::Least, Base::Greatest, Base::First, Base::LeastAligned}) {
                    const int coarse_width = base == Base::LeastAligned ? width - fine + 1 : width;
                    found.push_back({shift, fine, base, rough_cost(address_bits - shift, coarse_width) + rough_cost(address_bits, fine) + sum_cost(fine)});
                }
            }
        }
        std::ranges::stable_sort(found, {}, &Split::estimate);
        found.resize(std::min(found.size(), num_tried_));
        return found;
    }

    double rough_cost(int address_bits, int width) const {
        const int excess = address_bits - cost_.options().lut_inputs;
        return width * (excess <= 0 ? 1 : static_cast<double>(std::uint64_t{1} << excess));
    }

    double sum_cost(int width) const { return (width + 1) * row_bit_; }

    /// Calls work(begin, end) for the entries of each block.
    template <typename Work>
    void for_each_block(int shift, const Work& work) const {
        for (auto begin = entries_.begin(); begin != entries_.end();) {
            const Raw block = (first_ + (begin - entries_.begin())) >> shift;
            const auto end = entries_.begin() + std::min(((block + 1) << shift) - first_, static_cast<Raw>(entries_.size()));
            work(begin, end);
            begin = end;
        }
    }

    Raw largest_range(int shift) const {
        Raw range = 0;
        for_each_block(shift, [&](auto begin, auto end) {
            const auto [low, high] = std::minmax_element(begin, end);
            range = std::max(range, *high - *low);
        });
        return range;
    }

    /// Nothing when the leftovers have more bits than they may.
    std::optional<TwoParts> part(const Split& split) const {
        TwoParts parts;
        parts.shift = split.shift;
        parts.coarse.first = Integer(first_ >> split.shift);
        parts.fine.first = Integer(first_);
        const Raw fine_range = (Raw{1} << split.width) - 1;
        bool fits = true;
        for_each_block(split.shift, [&](auto begin, auto end) {
            const auto [low, high] = std::minmax_element(begin, end);
            const Raw base = base_of(split, *begin, *low, *high);
            fits = fits && base <= *low && *high - base <= fine_range;
            parts.coarse.entries.emplace_back(base);
            std::ranges::transform(begin, end, std::back_inserter(parts.fine.entries), [&](Raw entry) { return Integer(entry - base); });
        });
        if (!fits) {
            return std::nullopt;
        }
        parts.cost = table_cost(cost_, parts.coarse) + table_cost(cost_, parts.fine) + sum_cost(split.width);
        return parts;
    }

    static Raw base_of(const Split& split, Raw first, Raw low, Raw high) {
        switch (split.base) {
            case Base::Least: return low;
            case Base::Greatest: return high - ((Raw{1} << split.width) - 1);
            case Base::First: return first - (Raw{1} << (split.width - 1));
            case Base::LeastAligned: return low >> (split.width - 1) << (split.width - 1);
        }
        LUTRA_UNREACHABLE("base");
    }

    const LookupTable& table_;
    LutCost& cost_;
    double row_bit_;
    std::size_t num_tried_;
    Raw first_;
    std::vector<Raw> entries_;
};

}  // namespace

const std::vector<TablePart>& TableSplits::parts_of(const LookupTable& table, int num_sums) {
    return known_.get({table, num_sums}, [&](const Key& key) { return split(key.first, key.second); });
}

std::vector<TablePart> TableSplits::split(const LookupTable& table, int num_sums) const {
    const bool fits = options_.num_tried > 0 && table.entries.size() <= max_entries && table.first.bit_length() <= max_entry_bits &&
                      std::ranges::all_of(table.entries, [](const Integer& e) { return e.bit_length() <= max_entry_bits; });
    const std::optional<TwoParts> parts = fits ? TableSplitter(table, cost_, options_.luts_per_row_bit * num_sums, options_.num_tried).run() : std::nullopt;
    if (!parts) {
        return {{0, table}};
    }
    std::vector<TablePart> result = split(parts->fine, num_sums);
    for (TablePart& part : split(parts->coarse, num_sums)) {
        result.push_back({part.shift + parts->shift, std::move(part.table)});
    }
    return result;
}

}  // namespace lutra
