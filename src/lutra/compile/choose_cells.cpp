#include "lutra/compile/choose_cells.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/optimize/compose_tables.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/share_sums.h"

namespace lutra {

namespace {

using OriginSizes = std::map<std::string, int, std::less<>>;
/// The number of a way for each layer.
using WayOfLayer = std::map<std::string, std::size_t, std::less<>>;

/// Mappings that the greatest effort takes to better the way of one layer after the other.
constexpr std::size_t max_trials = 100;

/// LUTs and carry bits of each layer.
OriginSizes sizes_of_layers(const CellNetlist& netlist) {
    OriginSizes sizes;
    for (const LutCell& lut : netlist.luts) {
        ++sizes[netlist.origins[lut.origin]];
    }
    for (const CarryChain& chain : netlist.chains) {
        sizes[netlist.origins[chain.origin]] += static_cast<int>(chain.cells.size() + 1) / 2 * 2;
    }
    return sizes;
}

/// Terms of all sums, before their coefficients become digits.
std::int64_t count_terms(const Circuit& circuit) {
    std::int64_t terms = 0;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        terms += circuit[wire].kind == PrimitiveKind::Sum ? static_cast<std::int64_t>(circuit[wire].num_operands) : 0;
    }
    return terms;
}

/// The ways that are tried. Where rows add three words, sums of many terms are the cheaper nodes; common pairs that hardly overlap are left alone, as
/// each sum places its words better by itself. Large circuits get one way besides none, within seconds; the greatest effort tries deeper ones.
std::vector<std::optional<ShareOptions>> share_choices(CellStyle style, std::int64_t num_terms, int effort) {
    constexpr std::int64_t many_terms = 50'000;
    const ShareOptions pairs{.derives_columns = false, .weight_offset = -2};
    if (num_terms > many_terms) {
        return {std::nullopt, pairs};
    }
    const ShareOptions derived{.row_cost = style == CellStyle::Lut6 ? RowCost::Ternary : RowCost::Binary, .weight_offset = -2};
    if (effort < greatest_effort) {
        return {std::nullopt, pairs, derived};
    }
    ShareOptions deep = derived;
    deep.extra_levels = 6;
    const ShareOptions adders{.max_tried_pairs = 4'000'000};
    const ShareOptions pairs_of_operands{.derives_columns = false, .shares_between_columns = false, .max_tried_pairs = 4'000'000};
    return {std::nullopt, pairs, derived, deep, adders, pairs_of_operands};
}

/// Keeps the smallest of the netlists that are tried.
class SmallestCells {
public:
    /// LUTs and carry bits of the netlist's layers.
    OriginSizes add(CellNetlist netlist) {
        OriginSizes sizes = sizes_of_layers(netlist);
        const int size = occupied_luts(netlist);
        if (!best_ || size < size_) {
            best_ = std::move(netlist);
            size_ = size;
        }
        return sizes;
    }
    int size() const { return size_; }
    CellNetlist take() { return std::move(*best_); }

private:
    std::optional<CellNetlist> best_;
    int size_ = 0;
};

/// The number of the smallest way for each layer; of equals the first.
WayOfLayer best_of_layers(const std::vector<OriginSizes>& sizes_of_ways) {
    WayOfLayer best;
    for (const auto& [origin, plain_size] : sizes_of_ways[0]) {
        int least = plain_size;
        std::size_t& choice = best[origin];
        for (std::size_t i = 1; i < sizes_of_ways.size(); ++i) {
            const auto found = sizes_of_ways[i].find(origin);
            const int size = found == sizes_of_ways[i].end() ? 0 : found->second;
            choice = size < least ? i : choice;
            least = std::min(least, size);
        }
    }
    return best;
}

/// The smallest netlist of a circuit, among all ways to share its sums and the best way for each layer.
class CellChoice {
public:
    CellChoice(CellStyle style, int effort) : style_(style), effort_(effort), options_(options_for(style, effort)), memory_(options_) {}

    CellNetlist map(const Circuit& circuit) { return map_cells(map_circuit(circuit, options_, memory_), style_); }

    CellNetlist smallest(const Circuit& circuit) {
        const std::vector<std::optional<ShareOptions>> choices = share_choices(style_, count_terms(circuit), effort_);
        SmallestCells smallest;
        std::vector<OriginSizes> sizes = {smallest.add(map(circuit))};
        for (std::size_t i = 1; i < choices.size(); ++i) {
            const Circuit shared = remove_dead(share_sums(circuit, [&](std::string_view) { return choices[i]; }));
            sizes.push_back(shared == circuit ? sizes[0] : smallest.add(map(shared)));
        }
        WayOfLayer ways = best_of_layers(sizes);
        const auto add = [&] {
            smallest.add(map(remove_dead(share_sums(circuit, [&](std::string_view origin) {
                const auto found = ways.find(origin);
                return choices[found == ways.end() ? 0 : found->second];
            }))));
        };
        if (std::ranges::adjacent_find(ways, [](const auto& a, const auto& b) { return a.second != b.second; }) != ways.end()) {
            add();
        }
        if (effort_ >= greatest_effort && ways.size() * choices.size() <= max_trials) {
            for (auto& [origin, way] : ways) {
                const std::size_t before = way;
                std::size_t best = before;
                for (way = 0; way < choices.size(); ++way) {
                    const int size = smallest.size();
                    if (way != before) {
                        add();
                    }
                    best = smallest.size() < size ? way : best;
                }
                way = best;
            }
        }
        return smallest.take();
    }

private:
    CellStyle style_;
    int effort_ = usual_effort;
    MapOptions options_;
    MapMemory memory_;
};

}  // namespace

CellNetlist choose_cells(const Circuit& circuit, CellStyle style, int effort) {
    CellChoice choice(style, effort);
    if (effort <= least_effort) {
        return choice.map(circuit);
    }
    CellNetlist best = choice.smallest(circuit);
    const Circuit composed = remove_dead(compose_tables(circuit, [&](const Circuit& sample) { return occupied_luts(choice.map(sample)); }));
    if (composed != circuit) {
        if (CellNetlist other = choice.smallest(composed); occupied_luts(other) < occupied_luts(best)) {
            best = std::move(other);
        }
    }
    return best;
}

}  // namespace lutra
