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

/// LUTs; those that carry cells hold on ECP5 too, two in each.
int size_of(const CellNetlist& netlist) {
    int size = count_cells(netlist).luts;
    for (const CarryChain& chain : netlist.chains) {
        size += netlist.style == CellStyle::Lut4 ? static_cast<int>(chain.cells.size() + 1) / 2 * 2 : 0;
    }
    return size;
}

/// The ways that are tried. Where rows add three words, sums of many terms are the cheaper nodes; common pairs that hardly overlap are left alone, as
/// each sum places its words better by itself.
std::vector<std::optional<ShareOptions>> share_choices(CellStyle style) {
    ShareOptions pairs{.derives_columns = false, .weight_offset = -2};
    ShareOptions derived{.row_cost = style == CellStyle::Lut6 ? RowCost::Ternary : RowCost::Binary, .weight_offset = -2};
    return {std::nullopt, pairs, derived};
}

/// A way, and what it maps to.
struct Candidate {
    CellNetlist netlist;
    OriginSizes sizes;
};

/// The number of the smallest candidate for each layer; of equals the first.
std::map<std::string, std::size_t, std::less<>> best_of_layers(const std::vector<Candidate>& candidates) {
    std::map<std::string, std::size_t, std::less<>> best;
    for (const auto& [origin, plain_size] : candidates[0].sizes) {
        int least = plain_size;
        std::size_t& choice = best[origin];
        for (std::size_t i = 1; i < candidates.size(); ++i) {
            const auto found = candidates[i].sizes.find(origin);
            const int size = found == candidates[i].sizes.end() ? 0 : found->second;
            choice = size < least ? i : choice;
            least = std::min(least, size);
        }
    }
    return best;
}

/// The smallest netlist of a circuit, among all ways to share its sums and the best way for each layer.
class CellChoice {
public:
    CellChoice(CellStyle style, int effort) : style_(style), options_(options_for(style, effort)), memory_(options_) {}

    CellNetlist map(const Circuit& circuit) { return map_cells(map_circuit(circuit, options_, memory_), style_); }

    CellNetlist smallest(const Circuit& circuit) {
        const std::vector<std::optional<ShareOptions>> choices = share_choices(style_);
        std::vector<Candidate> candidates;
        const auto add = [&](const Circuit& source) {
            CellNetlist netlist = map(source);
            OriginSizes sizes = sizes_of_layers(netlist);
            candidates.push_back({std::move(netlist), std::move(sizes)});
        };
        add(circuit);
        for (std::size_t i = 1; i < choices.size(); ++i) {
            const Circuit shared = remove_dead(share_sums(circuit, [&](std::string_view) { return choices[i]; }));
            if (shared != circuit) {
                add(shared);
            }
        }
        if (candidates.size() == choices.size()) {
            const auto best = best_of_layers(candidates);
            const auto choice_of = [&](std::string_view origin) {
                const auto found = best.find(origin);
                return found == best.end() ? 0 : found->second;
            };
            const bool is_mixed = std::ranges::adjacent_find(best, [](const auto& a, const auto& b) { return a.second != b.second; }) != best.end();
            if (is_mixed) {
                add(remove_dead(share_sums(circuit, [&](std::string_view origin) { return choices[choice_of(origin)]; })));
            }
        }
        return std::move(std::ranges::min_element(candidates, {}, [](const Candidate& candidate) { return size_of(candidate.netlist); })->netlist);
    }

private:
    CellStyle style_;
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
    const Circuit composed = remove_dead(compose_tables(circuit, [&](const Circuit& sample) { return size_of(choice.map(sample)); }));
    if (composed != circuit) {
        if (CellNetlist other = choice.smallest(composed); size_of(other) < size_of(best)) {
            best = std::move(other);
        }
    }
    return best;
}

}  // namespace lutra
