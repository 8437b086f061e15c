#include "lutra/compile/choose_cells.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lutra/base/free_memory.h"
#include "lutra/base/parallel.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/optimize/compose_tables.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/share_sums.h"

namespace lutra {

namespace {

using Sizes = std::map<std::string, int, std::less<>>;
/// The number of a way for each layer.
using WayOfLayer = std::map<std::string, std::size_t, std::less<>>;

/// Mappings that the greatest effort takes to better the way of one layer after the other.
constexpr std::size_t max_trials = 100;
/// Larger circuits are built in the fewest cells only.
constexpr std::size_t max_primitives_for_goals = 100'000;
/// Sums of more terms are shared in one way only, and memory counts.
constexpr std::int64_t many_terms = 50'000;

/// For each origin, the layer whose way its cells depend on: itself where it has sums that share, else that of the first operand with one.
std::map<std::string, std::string, std::less<>> layers_of_origins(const Circuit& circuit, const SumSharing& sharing) {
    const std::vector<bool> is_shared = sharing.shared_wires();
    std::vector<std::string_view> layer_of(circuit.size());
    std::map<std::string, std::string, std::less<>> layers;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        std::string_view& layer = layer_of[wire.index];
        layer = is_shared[wire.index] ? circuit.origin(wire) : std::string_view{};
        for (const Wire operand : circuit.operands(wire)) {
            layer = layer.empty() ? layer_of[operand.index] : layer;
        }
        std::string& known = layers[std::string(circuit.origin(wire))];
        if (known.empty() || is_shared[wire.index]) {
            known = layer;
        }
    }
    return layers;
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
std::vector<ShareWay> share_ways(CellStyle style, std::int64_t num_terms, int effort) {
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

/// Per group of sums, the number of its way to share.
using WayOfGroup = std::vector<std::size_t>;

/// Keeps the smallest of the netlists that are tried, and how far all of them are from a goal.
class TriedCells {
public:
    explicit TriedCells(const ClockGoal* goal) : goal_(goal) {}

    void add(CellNetlist netlist, WayOfGroup ways) {
        Tried& tried = tried_.emplace_back(occupied_luts(netlist), goal_ == nullptr ? GoalDistance{} : distance_of(netlist, *goal_), std::move(ways));
        if (!smallest_ || tried.size < tried_[number_].size) {
            smallest_ = std::move(netlist);
            number_ = tried_.size() - 1;
        }
    }
    int smallest_size() const { return tried_[number_].size; }
    CellNetlist take_smallest() { return std::move(*smallest_); }

    /// The ways of the smallest netlist, and then of the one that is nearest to the goal, if that is another and its size may grow so much.
    std::vector<WayOfGroup> best_ways(double most_growth) const {
        const Tried* nearest = &tried_[number_];
        for (const Tried& tried : tried_) {
            nearest = tried.size <= (1 + most_growth) * smallest_size() && tried.distance.is_less_than(nearest->distance) ? &tried : nearest;
        }
        std::vector<WayOfGroup> ways = {tried_[number_].ways};
        if (nearest->ways != ways.front()) {
            ways.push_back(nearest->ways);
        }
        return ways;
    }

private:
    struct Tried {
        int size = 0;
        GoalDistance distance;
        WayOfGroup ways;
    };
    const ClockGoal* goal_;
    std::optional<CellNetlist> smallest_;
    std::size_t number_ = 0;
    std::vector<Tried> tried_;
};

/// The ways to share a circuit's sums, and the netlists that they map to.
class WaySearch {
public:
    WaySearch(const Circuit& circuit, CellStyle style, const MapOptions& options, MapMemory& memory, const std::vector<ShareWay>& ways, int num_threads,
              const ClockGoal* goal)
        : circuit_(circuit),
          style_(style),
          options_(options),
          memory_(memory),
          sharing_(circuit, ways, num_threads),
          num_ways_(ways.size()),
          num_threads_(num_threads),
          layers_(layers_of_origins(circuit, sharing_)),
          tried_(goal) {}

    /// Tries each way for all layers, then the smallest way of each layer.
    void try_all(const CellNetlist& without) {
        std::vector<CellNetlist> netlists(num_ways_ - 1);
        parallel_for(netlists.size(), 1, num_threads_, [&](std::size_t i, std::size_t) { netlists[i] = map(same_way(i + 1)); });
        std::vector<Sizes> sizes = {sizes_of_layers(without)};
        for (std::size_t i = 0; i < netlists.size(); ++i) {
            sizes.push_back(sizes_of_layers(netlists[i]));
            tried_.add(std::move(netlists[i]), same_way(i + 1));
        }
        choose_of_layers(sizes);
        if (std::ranges::adjacent_find(ways_, [](const auto& a, const auto& b) { return a.second != b.second; }) != ways_.end()) {
            tried_.add(map(ways_of_groups()), ways_of_groups());
        }
    }

    /// Tries other ways for one layer after the other.
    void better_each_layer() {
        if (ways_.size() * num_ways_ > max_trials) {
            return;
        }
        for (auto& [layer, way] : ways_) {
            const std::size_t before = way;
            std::size_t best = before;
            for (way = 0; way < num_ways_; ++way) {
                const int size = tried_.smallest_size();
                if (way != before) {
                    tried_.add(map(ways_of_groups()), ways_of_groups());
                }
                best = tried_.smallest_size() < size ? way : best;
            }
            way = best;
        }
    }

    WayOfGroup same_way(std::size_t way) const { return WayOfGroup(sharing_.num_groups(), way); }

    /// Adds the netlist without any sharing.
    void add_plain(CellNetlist plain) { tried_.add(std::move(plain), same_way(0)); }

    CellNetlist take_smallest() { return tried_.take_smallest(); }
    /// The circuits to build for a goal: what the smallest netlist was mapped from first.
    std::vector<Circuit> circuits_for_goal(int effort) const {
        std::vector<Circuit> circuits;
        for (const WayOfGroup& ways : tried_.best_ways(most_growth(effort))) {
            circuits.push_back(remove_dead(sharing_.circuit(ways)));
        }
        return circuits;
    }

private:
    /// Safe to call from several threads.
    CellNetlist map(const WayOfGroup& ways) const {
        BitNetwork network = map_circuit(remove_dead(sharing_.circuit(ways)), options_, memory_);  // the circuits are gone before there are cells
        return map_cells(std::move(network), style_);
    }

    WayOfGroup ways_of_groups() const {
        WayOfGroup ways;
        for (std::size_t group = 0; group < sharing_.num_groups(); ++group) {
            const auto found = ways_.find(sharing_.origin(group));
            ways.push_back(found == ways_.end() ? 0 : found->second);
        }
        return ways;
    }

    /// LUTs and carry bits of each layer.
    Sizes sizes_of_layers(const CellNetlist& netlist) const {
        Sizes sizes;
        const auto size_of = [&](std::uint32_t origin) -> int& {
            const auto layer = layers_.find(netlist.origins[origin]);
            return sizes[layer == layers_.end() ? "" : layer->second];
        };
        for (const LutCell& lut : netlist.luts) {
            ++size_of(lut.origin);
        }
        for (const CarryChain& chain : netlist.chains) {
            size_of(chain.origin) += static_cast<int>(chain.cells.size() + 1) / 2 * 2;
        }
        return sizes;
    }

    /// The smallest way for each layer; of equals the first.
    void choose_of_layers(const std::vector<Sizes>& sizes_of_ways) {
        for (const auto& [layer, plain_size] : sizes_of_ways[0]) {
            int least = plain_size;
            std::size_t& choice = ways_[layer];
            for (std::size_t i = 1; i < sizes_of_ways.size(); ++i) {
                const auto found = sizes_of_ways[i].find(layer);
                const int size = found == sizes_of_ways[i].end() ? 0 : found->second;
                choice = size < least ? i : choice;
                least = std::min(least, size);
            }
        }
    }

    const Circuit& circuit_;
    CellStyle style_;
    const MapOptions& options_;
    MapMemory& memory_;
    SumSharing sharing_;
    std::size_t num_ways_;
    int num_threads_;
    std::map<std::string, std::string, std::less<>> layers_;  ///< per origin
    WayOfLayer ways_;
    TriedCells tried_;
};

}  // namespace

CellNetlist choose_cells(const Circuit& circuit, CellStyle style, int effort, int num_threads, const ClockGoal* goal) {
    const MapOptions options = options_for(style, effort);
    MapMemory memory(options);
    const auto map = [&](const Circuit& source) { return map_cells(map_circuit(source, options, memory), style); };
    if (effort <= least_effort) {
        return map(circuit);
    }
    // Tables take over roundings where that is smaller with sums that share nothing.
    MapOptions quick = options;
    quick.finds_divisors = false;
    const Circuit composed =
        remove_dead(compose_tables(circuit, [&](const Circuit& sample) { return occupied_luts(map_cells(map_circuit(sample, quick, memory), style)); }));
    const std::array<const Circuit*, 2> sources = {&circuit, &composed};
    std::array<CellNetlist, 2> netlists;
    parallel_for(composed == circuit ? 1 : 2, 1, num_threads, [&](std::size_t i, std::size_t) { netlists[i] = map(*sources[i]); });
    const bool is_composed = composed != circuit && occupied_luts(netlists[1]) < occupied_luts(netlists[0]);
    CellNetlist plain = std::move(netlists[is_composed ? 1 : 0]);
    const Circuit& source = is_composed ? composed : circuit;
    goal = source.size() > max_primitives_for_goals ? nullptr : goal;
    const std::int64_t num_terms = count_terms(source);
    WaySearch search(source, style, options, memory, share_ways(style, num_terms, effort), num_threads, goal);
    if (num_terms > many_terms) {
        give_back_free_memory();
    }
    search.try_all(plain);
    if (effort >= greatest_effort) {
        search.better_each_layer();
    }
    search.add_plain(std::move(plain));
    CellNetlist smallest = search.take_smallest();
    if (goal == nullptr) {
        return smallest;
    }
    const MappingSetup setup{style, options, memory, effort, num_threads};
    return choose_fast_sums(std::move(smallest), search.circuits_for_goal(effort), setup, *goal);
}

}  // namespace lutra
