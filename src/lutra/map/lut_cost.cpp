#include "lutra/map/lut_cost.h"

#include <algorithm>
#include <bit>
#include <set>

#include "lutra/base/assert.h"
#include "lutra/base/bits.h"

namespace lutra {

namespace {

/// Functions of more inputs are split by multiplexers only.
constexpr int max_decomposed_inputs = 12;
constexpr int max_common_inputs = 12;
/// Common decompositions of which the functions of the codes are looked at, too.
constexpr std::size_t max_tried = 4;
constexpr std::size_t max_common_functions = 64;
/// A LUT of which the other half serves something else.
constexpr double half_lut = 0.55;

/// The functions' values side by side, one word an entry.
std::vector<std::uint64_t> values_of(std::span<const WideTruthTable> functions) {
    LUTRA_ASSERT(!functions.empty() && functions.size() <= max_common_functions);
    std::vector<std::uint64_t> values(functions[0].size(), 0);
    for (std::size_t i = 0; i < functions.size(); ++i) {
        for (std::size_t a = 0; a < values.size(); ++a) {
            values[a] |= std::uint64_t{functions[i][a]} << i;
        }
    }
    return values;
}

/// The words whose bits are some of the bits of a mask, ascending.
std::vector<std::uint32_t> subsets_of(std::uint32_t mask) {
    std::vector<std::uint32_t> subsets(std::size_t{1} << count_ones(mask), 0);
    for (std::size_t i = 1; i < subsets.size(); ++i) {
        subsets[i] = (subsets[i - 1] - mask) & mask;
    }
    return subsets;
}

/// Numbers the values of `bound`; fewer numbers than values when there would be more than max_different numbers.
Partition partition_of(std::span<const std::uint64_t> values, std::uint32_t bound, std::size_t max_different) {
    const auto all = static_cast<std::uint32_t>(values.size() - 1);
    const std::vector<std::uint32_t> free_values = subsets_of(all & ~bound);
    Partition partition;
    std::vector<std::uint64_t> keys;  // of the representatives; different keys, different functions of y
    for (const std::uint32_t x : subsets_of(bound)) {
        std::uint64_t key = 0;
        for (const std::uint32_t y : free_values) {
            key = (key ^ values[x | y]) * 0x9E3779B97F4A7C15U;
            key ^= key >> 29;
        }
        const auto is_like = [&](std::uint32_t other) {
            return std::ranges::all_of(free_values, [&](std::uint32_t y) { return values[x | y] == values[other | y]; });
        };
        std::size_t number = 0;
        while (number < keys.size() && (keys[number] != key || !is_like(partition.representatives[number]))) {
            ++number;
        }
        if (number == keys.size()) {
            if (number == max_different) {
                return partition;
            }
            keys.push_back(key);
            partition.representatives.push_back(x);
        }
        partition.number_of.push_back(static_cast<std::uint32_t>(number));
    }
    return partition;
}

/// Neighbouring inputs.
bool is_run(std::uint32_t bound) {
    const std::uint32_t lowered = bound >> std::countr_zero(bound);
    return (lowered & (lowered + 1)) == 0;
}

bool is_complete(const Partition& partition, std::uint32_t bound) { return partition.number_of.size() == std::size_t{1} << count_ones(bound); }

}  // namespace

int Partition::num_codes() const { return std::max(static_cast<int>(std::bit_width(representatives.size() - 1)), 1); }

Partition partition_of(std::span<const WideTruthTable> functions, std::uint32_t bound) {
    return partition_of(values_of(functions), bound, std::size_t{1} << count_ones(bound));
}

std::vector<WideTruthTable> codes_of(const Partition& partition) {
    std::vector<WideTruthTable> codes(static_cast<std::size_t>(partition.num_codes()), WideTruthTable(std::bit_width(partition.number_of.size()) - 1));
    for (std::size_t code = 0; code < codes.size(); ++code) {
        for (std::size_t x = 0; x < partition.number_of.size(); ++x) {
            codes[code].set(x, (partition.number_of[x] >> code & 1) != 0);
        }
    }
    return codes;
}

std::vector<WideTruthTable> functions_of_codes(std::span<const WideTruthTable> functions, std::uint32_t bound, const Partition& partition) {
    const auto all = static_cast<std::uint32_t>(functions[0].size() - 1);
    const std::vector<std::uint32_t> free_values = subsets_of(all & ~bound);
    std::vector<WideTruthTable> result(functions.size(), WideTruthTable(functions[0].num_inputs() - count_ones(bound) + partition.num_codes()));
    std::size_t entry = 0;
    for (std::size_t number = 0; number < std::size_t{1} << partition.num_codes(); ++number) {
        const std::uint32_t x = partition.representatives[std::min(number, partition.representatives.size() - 1)];
        for (const std::uint32_t y : free_values) {
            for (std::size_t i = 0; i < functions.size(); ++i) {
                result[i].set(entry, functions[i][x | y]);
            }
            ++entry;
        }
    }
    return result;
}

double LutCost::estimate(int num_inputs) const {
    const int excess = num_inputs - options_.lut_inputs;
    if (excess >= 0) {
        return static_cast<double>(std::uint64_t{1} << excess);
    }
    // Two small ones share a LUT of six inputs; one input is no LUT.
    return num_inputs < 2 ? 0 : (options_.lut_inputs == 6 ? half_lut : 1);
}

double LutCost::of(WideTruthTable function) {
    for (int input = function.num_inputs(); input-- > 0;) {
        if (!function.depends_on(input)) {
            function = function.cofactor(input, false);
        }
    }
    if (function.num_inputs() <= options_.lut_inputs) {
        return estimate(function.num_inputs());
    }
    if (function[0]) {
        function.flip();
    }
    return known_.get(function, [&](const WideTruthTable& key) {
        const double split = best_split(key).second;
        const Decomposition decomposition = best_decomposition(key, !options_.estimates_all);
        return decomposition.bound != 0 ? std::min(split, decomposition.cost) : split;
    });
}

double LutCost::of(std::span<const WideTruthTable> functions) {
    const Decomposition common = best_common_decomposition(functions);
    if (common.bound != 0) {
        return common.cost;
    }
    double cost = 0;
    for (const WideTruthTable& function : std::set<WideTruthTable>(functions.begin(), functions.end())) {
        cost += of(function);
    }
    return cost;
}

Step LutCost::best_step(const WideTruthTable& function) {
    return known_steps_.get(function, [&](const WideTruthTable& key) {
        const auto [input, cost] = best_split(key);
        const Decomposition decomposition = best_decomposition(key, false);
        return Step{decomposition.cost < cost ? decomposition : Decomposition{}, input};
    });
}

/// The input whose cofactors take the fewest LUTs, of those the highest, and how many that are.
std::pair<int, double> LutCost::best_split(const WideTruthTable& function) const {
    std::pair<int, double> best = {0, 1e30};
    for (int input = function.num_inputs(); input-- > 0;) {
        double cost = function.num_inputs() - options_.lut_inputs <= options_.mux_levels ? 0 : 1;
        for (const bool value : {false, true}) {
            cost += std::max(estimate(function.cofactor(input, value).support_size()), 1.0);
        }
        if (cost < best.second) {
            best = {input, cost};
        }
    }
    return best;
}

/// The best h for one function, among all subsets of its inputs or among runs of neighbouring ones only.
Decomposition LutCost::best_decomposition(const WideTruthTable& function, bool only_runs) const {
    const int num_inputs = function.num_inputs();
    Decomposition best;
    if (num_inputs > max_decomposed_inputs) {
        return best;
    }
    const std::vector<std::uint64_t> values = values_of({&function, 1});
    const std::uint32_t all = (1U << num_inputs) - 1;
    for (std::uint32_t bound = 1; bound < all; ++bound) {
        const int num_bound = count_ones(bound);
        if (num_bound < 3 || num_bound > options_.lut_inputs || ((only_runs || num_inputs > options_.searched_inputs) && !is_run(bound))) {
            continue;
        }
        const std::size_t max_different = std::size_t{1} << (num_bound - 1);  // one code bit less than inputs
        const Partition partition = partition_of(values, bound, max_different);
        if (!is_complete(partition, bound)) {
            continue;
        }
        const int num_left = num_inputs - num_bound + partition.num_codes();
        const double cost = partition.num_codes() * estimate(num_bound) + std::max(estimate(num_left), half_lut);
        if (best.bound == 0 || cost < best.cost) {
            best = {bound, cost};
        }
    }
    return best;
}

Decomposition LutCost::best_common_decomposition(std::span<const WideTruthTable> functions) {
    const std::set<WideTruthTable> different(functions.begin(), functions.end());
    const int num_inputs = functions[0].num_inputs();
    if (!options_.finds_common || different.size() < 2 || different.size() > max_common_functions || num_inputs <= options_.lut_inputs ||
        num_inputs > max_common_inputs) {
        return {};
    }
    return known_common_.get(different, [&](const std::set<WideTruthTable>& key) { return find_common_decomposition(key); });
}

/// The best h for different functions among all runs of neighbouring inputs.
Decomposition LutCost::find_common_decomposition(const std::set<WideTruthTable>& different) {
    const int num_inputs = different.begin()->num_inputs();
    Decomposition best;
    for (const WideTruthTable& function : different) {
        best.cost += of(function);
    }
    const std::vector<WideTruthTable> distinct(different.begin(), different.end());
    const std::vector<std::uint64_t> values = values_of(distinct);
    struct Candidate {
        std::uint32_t bound = 0;
        double codes_cost = 0;
        double estimate = 0;
        Partition partition;
    };
    std::vector<Candidate> candidates;
    for (int low = 0; low < num_inputs; ++low) {
        for (int high = low + 2; high <= num_inputs && high - low < num_inputs; ++high) {
            const int num_bound = high - low;
            const auto bound = static_cast<std::uint32_t>((1U << high) - (1U << low));
            Partition partition = partition_of(values, bound, std::size_t{1} << (num_bound - 1));
            if (is_complete(partition, bound)) {
                const double codes_cost = partition.num_codes() * estimate(num_bound);
                const int num_left = num_inputs - num_bound + partition.num_codes();
                candidates.push_back(
                    {bound, codes_cost, codes_cost + static_cast<double>(distinct.size()) * std::max(estimate(num_left), half_lut), std::move(partition)});
            }
        }
    }
    std::ranges::stable_sort(candidates, {}, &Candidate::estimate);
    candidates.resize(std::min(candidates.size(), max_tried));
    for (const Candidate& candidate : candidates) {
        double cost = candidate.codes_cost;
        for (WideTruthTable& function : functions_of_codes(distinct, candidate.bound, candidate.partition)) {
            cost += of(std::move(function));
        }
        if (cost < best.cost) {
            best = {candidate.bound, cost};
        }
    }
    return best;
}

}  // namespace lutra
