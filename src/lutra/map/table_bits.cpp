#include "lutra/map/table_bits.h"

#include <algorithm>
#include <bit>

namespace lutra {

namespace {

/// Functions of more inputs are split by multiplexers only.
constexpr std::size_t max_decomposed_inputs = 10;

/// For each value of the bound inputs, the function of the free ones, as a word of bits.
std::vector<std::uint64_t> columns_of(const std::vector<bool>& entries, std::uint32_t bound, std::uint32_t free) {
    std::vector<std::uint64_t> columns(std::size_t{1} << std::popcount(bound), 0);
    // Subsets of a mask in ascending order are the values of its bits in ascending order.
    std::uint32_t x = 0;
    for (std::uint64_t& column : columns) {
        std::uint32_t y = 0;
        for (int i = 0; i < 1 << std::popcount(free); ++i) {
            column |= std::uint64_t{entries[x | y]} << i;
            y = (y - free) & free;
        }
        x = (x - bound) & bound;
    }
    return columns;
}

/// Numbers columns by value, in the order in which they appear.
std::vector<std::uint32_t> number_columns(const std::vector<std::uint64_t>& columns, std::size_t max_different, std::vector<std::uint64_t>& different) {
    std::vector<std::uint32_t> numbers;
    different.clear();
    for (const std::uint64_t column : columns) {
        const auto found = std::ranges::find(different, column);
        numbers.push_back(static_cast<std::uint32_t>(found - different.begin()));
        if (found == different.end()) {
            if (different.size() == max_different) {
                return {};
            }
            different.push_back(column);
        }
    }
    return numbers;
}

}  // namespace

std::size_t TableBits::FunctionHash::operator()(const Function& f) const {
    std::size_t hash = std::hash<std::vector<bool>>()(f.entries);
    for (const Bit bit : f.inputs) {
        hash = (hash ^ bit.code()) * 0x9E3779B97F4A7C15U;
    }
    return hash;
}

Bit TableBits::bit(std::vector<Bit> inputs, std::vector<bool> entries) { return make({std::move(inputs), std::move(entries)}); }

TableBits::Function TableBits::cofactor_of(const Function& f, std::size_t place, bool value) {
    Function cofactor{f.inputs, std::vector<bool>(f.entries.size() / 2)};
    cofactor.inputs.erase(cofactor.inputs.begin() + static_cast<std::ptrdiff_t>(place));
    const std::size_t bit = std::size_t{1} << place;
    for (std::size_t a = 0; a < cofactor.entries.size(); ++a) {
        const std::size_t low = a & (bit - 1);
        cofactor.entries[a] = f.entries[((a ^ low) << 1) | low | (value ? bit : 0)];
    }
    return cofactor;
}

void TableBits::reduce_support(Function& f) {
    for (std::size_t place = f.size(); place-- > 0;) {
        Function low = cofactor_of(f, place, false);
        if (low.entries == cofactor_of(f, place, true).entries) {
            f = std::move(low);
        }
    }
}

/// LUTs of a function that is split by multiplexers.
double TableBits::estimate(std::size_t num_inputs) const {
    const int excess = static_cast<int>(num_inputs) - options_.lut_inputs;
    if (excess >= 0) {
        return static_cast<double>(std::uint64_t{1} << excess);
    }
    // Two small ones share a LUT of six inputs; one input is no LUT.
    return num_inputs < 2 ? 0 : (options_.lut_inputs == 6 ? 0.55 : 1);
}

Bit TableBits::make(Function f) {
    reduce_support(f);
    if (f.inputs.empty()) {
        return Bit::constant(f.entries[0]);
    }
    const bool is_inverted = f.entries[0];
    if (is_inverted) {
        f.entries.flip();
    }
    if (const auto found = known_.find(f); found != known_.end()) {
        return found->second.inverted_if(is_inverted);
    }
    Bit result;
    if (static_cast<int>(f.size()) <= options_.lut_inputs) {
        result = make_leaf(f);
    } else {
        const auto [place, split_cost] = best_split(f);
        const Decomposition decomposition = best_decomposition(f);
        result = decomposition.bound != 0 && decomposition.cost < split_cost ? make_decomposed(f, decomposition) : make_mux(f, place);
    }
    known_.emplace(std::move(f), result);
    return result.inverted_if(is_inverted);
}

Bit TableBits::make_leaf(const Function& f) {
    std::uint64_t table = 0;
    for (std::size_t a = 0; a < f.entries.size(); ++a) {
        table |= f.entries[a] ? std::uint64_t{1} << a : 0;
    }
    return network_.function(f.inputs, table);
}

Bit TableBits::make_mux(const Function& f, std::size_t place) {
    const Bit if_one = make(cofactor_of(f, place, true));
    const Bit if_zero = make(cofactor_of(f, place, false));
    const int level = static_cast<int>(f.size()) - options_.lut_inputs;
    return level <= options_.mux_levels ? network_.wide_mux(f.inputs[place], if_one, if_zero) : network_.mux(f.inputs[place], if_one, if_zero);
}

Bit TableBits::make_decomposed(const Function& f, const Decomposition& best) {
    const std::uint32_t all = (1U << f.size()) - 1;
    const std::uint32_t free = all & ~best.bound;
    std::vector<std::uint64_t> different;
    const std::vector<std::uint32_t> numbers = number_columns(columns_of(f.entries, best.bound, free), f.entries.size(), different);
    Function g;
    for (std::size_t i = 0; i < f.size(); ++i) {
        if ((free >> i & 1) != 0) {
            g.inputs.push_back(f.inputs[i]);
        }
    }
    const std::size_t num_free = g.size();
    std::vector<Bit> bound_inputs;
    for (std::size_t i = 0; i < f.size(); ++i) {
        if ((best.bound >> i & 1) != 0) {
            bound_inputs.push_back(f.inputs[i]);
        }
    }
    for (int code = 0; code < best.num_codes; ++code) {
        std::vector<bool> entries;
        for (const std::uint32_t number : numbers) {
            entries.push_back((number >> code & 1) != 0);
        }
        g.inputs.push_back(make({bound_inputs, std::move(entries)}));
    }
    // Codes that no column has repeat the last column.
    for (std::size_t a = 0; a < std::size_t{1} << g.size(); ++a) {
        const std::uint64_t column = different[std::min(a >> num_free, different.size() - 1)];
        g.entries.push_back((column >> (a & ((std::size_t{1} << num_free) - 1)) & 1) != 0);
    }
    return make(std::move(g));
}

/// The input whose cofactors take the fewest LUTs; of those, the highest.
std::pair<std::size_t, double> TableBits::best_split(const Function& f) const {
    std::pair<std::size_t, double> best = {0, 1e30};
    for (std::size_t place = f.size(); place-- > 0;) {
        double cost = static_cast<int>(f.size()) - options_.lut_inputs <= options_.mux_levels ? 0 : 1;
        for (const bool value : {false, true}) {
            Function cofactor = cofactor_of(f, place, value);
            reduce_support(cofactor);
            cost += std::max(estimate(cofactor.size()), 1.0);
        }
        if (cost < best.second) {
            best = {place, cost};
        }
    }
    return best;
}

TableBits::Decomposition TableBits::best_decomposition(const Function& f) const {
    Decomposition best;
    if (f.size() > max_decomposed_inputs) {
        return best;
    }
    const std::uint32_t all = (1U << f.size()) - 1;
    std::vector<std::uint64_t> different;
    for (std::uint32_t bound = 1; bound < all; ++bound) {
        const int num_bound = std::popcount(bound);
        const int num_free = static_cast<int>(f.size()) - num_bound;
        if (num_bound < 3 || num_bound > options_.lut_inputs || num_free > max_table_inputs) {
            continue;
        }
        const std::size_t max_different = std::size_t{1} << (num_bound - 1);  // one code bit less than inputs
        if (number_columns(columns_of(f.entries, bound, all & ~bound), max_different, different).empty()) {
            continue;
        }
        const int num_codes = std::max(static_cast<int>(std::bit_width(different.size() - 1)), 1);
        const double cost = num_codes * estimate(static_cast<std::size_t>(num_bound)) + std::max(estimate(static_cast<std::size_t>(num_free + num_codes)), 0.55);
        if (best.bound == 0 || cost < best.cost) {
            best = {bound, num_codes, cost};
        }
    }
    return best;
}

}  // namespace lutra
