#include "lutra/compile/choose_fast_sums.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lutra/base/parallel.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/pipeline_cells.h"
#include "lutra/optimize/primitive_cost.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

/// Circuits with more are mapped once only.
constexpr std::size_t max_primitives = 100'000;
/// Times by which designs differ for no reason.
constexpr double least_gain_ns = 0.03;

int max_mappings(int effort) { return effort >= greatest_effort ? 60 : 16; }

/// By how much LUTs may grow, as a part of them.
double most_growth(int effort) { return effort >= greatest_effort ? 0.5 : 0.1; }

/// How far a netlist is from a goal.
struct Distance {
    double missing_ns = 0;  ///< of the time for logic between registers
    int num_stages = 0;

    bool is_less_than(const Distance& other) const {
        return missing_ns < other.missing_ns - least_gain_ns || (missing_ns < other.missing_ns + least_gain_ns && num_stages < other.num_stages);
    }
};

Distance distance_of(const CellNetlist& netlist, const ClockGoal& goal) {
    const CostModel model(goal.device, static_cast<double>(occupied_luts(netlist)));
    const double budget = goal.stage_ns(model);
    const CellTiming timing = goal.num_stages ? timing_for_stages(netlist, model, *goal.num_stages) : timing_for_delay(netlist, model, budget);
    return {std::max(0.0, timing.slowest_ns - budget), timing.num_stages};
}

/// For each wire, the time of the slowest way through it, by the delays of primitives.
std::vector<double> times_through(const Circuit& circuit, const CostModel& model) {
    std::vector<double> until(circuit.size(), 0);
    std::vector<double> behind(circuit.size(), 0);
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        for (const Wire operand : circuit.operands(wire)) {
            until[wire.index] = std::max(until[wire.index], until[operand.index]);
        }
        until[wire.index] += primitive_delay_ns(circuit, wire, model);
    }
    for (std::uint32_t i = circuit.size(); i-- > 0;) {
        const double delay = primitive_delay_ns(circuit, Wire{i}, model);
        for (const Wire operand : circuit.operands(Wire{i})) {
            behind[operand.index] = std::max(behind[operand.index], behind[i] + delay);
        }
        until[i] += behind[i];
    }
    return until;
}

/// What a search starts from and what it is for.
struct SearchRequest {
    const Circuit& circuit;
    const CellNetlist& smallest;
    CellStyle style;
    const MapOptions& options;
    MapMemory& memory;
    const ClockGoal& goal;
    int effort;
};

/// Builds all sums in little time, then takes away those that the goal does not need.
class FastSumSearch {
public:
    FastSumSearch(const SearchRequest& request, bool has_counters)
        : request_(request), fast_{.is_fast = std::vector<bool>(request.circuit.size(), false),
                                   .delays = CostModel(request.goal.device, static_cast<double>(occupied_luts(request.smallest))),
                                   .has_counters = has_counters} {}

    /// False when that brings the goal no nearer for what it may cost.
    bool run() {
        find_layers();
        netlist_ = map();
        distance_ = distance_of(netlist_, request_.goal);
        const Distance before = distance_of(request_.smallest, request_.goal);
        const double most_luts = (1 + most_growth(request_.effort)) * occupied_luts(request_.smallest);
        while (distance_.is_less_than(before)) {
            std::ranges::for_each(layers_, [&](auto& layer) { take_away(layer.second, 0); });
            std::ranges::for_each(layers_, [&](auto& layer) { halve(layer.second); });
            if (occupied_luts(netlist_) <= most_luts) {
                return true;
            }
            ++distance_.num_stages;  // fewer fast sums will do for that
        }
        return false;
    }

    const Distance& distance() const { return distance_; }
    CellNetlist& netlist() { return netlist_; }

private:
    using Sums = std::vector<std::uint32_t>;

    /// The sums of each layer, those on the slowest ways first.
    void find_layers() {
        const Circuit& circuit = request_.circuit;
        const std::vector<double> times = times_through(circuit, fast_.delays);
        for (Wire wire; wire.index < circuit.size(); ++wire.index) {
            const PrimitiveKind kind = circuit[wire].kind;
            if (kind == Sum || kind == Add || kind == Subtract || kind == Multiply) {
                layers_[std::string(circuit.origin(wire))].push_back(wire.index);
                fast_.is_fast[wire.index] = true;
            }
        }
        for (auto& [name, sums] : layers_) {
            std::ranges::stable_sort(sums, [&](std::uint32_t a, std::uint32_t b) { return times[a] > times[b]; });
        }
    }

    CellNetlist map() {
        ++num_mappings_;
        return map_cells(map_circuit(request_.circuit, request_.options, request_.memory, &fast_), request_.style);
    }

    bool may_map() const { return num_mappings_ < max_mappings(request_.effort); }

    /// Leaves only the first `num_kept` sums of a layer fast, if that comes as near to the goal.
    bool take_away(Sums& sums, std::size_t num_kept) {
        if (sums.size() <= num_kept || !may_map()) {
            return false;
        }
        const auto set = [&](bool is_fast) {
            std::for_each(sums.begin() + static_cast<std::ptrdiff_t>(num_kept), sums.end(), [&](std::uint32_t i) { fast_.is_fast[i] = is_fast; });
        };
        set(false);
        CellNetlist netlist = map();
        const Distance distance = distance_of(netlist, request_.goal);
        if (distance_.is_less_than(distance)) {
            set(true);
            return false;
        }
        sums.resize(num_kept);
        distance_ = distance.is_less_than(distance_) ? distance : distance_;
        netlist_ = std::move(netlist);
        return true;
    }

    /// The fewest fast sums of a layer, by halves.
    void halve(Sums& sums) {
        std::size_t too_few = 0;
        while (sums.size() > too_few + 1 && may_map()) {
            const std::size_t middle = too_few + (sums.size() - too_few) / 2;
            if (!take_away(sums, middle)) {
                too_few = middle;
            }
        }
    }

    const SearchRequest& request_;
    FastSums fast_;
    std::map<std::string, Sums, std::less<>> layers_;
    CellNetlist netlist_;
    Distance distance_;
    int num_mappings_ = 0;
};

}  // namespace

double ClockGoal::stage_ns(const CostModel& model) const {
    constexpr double certain_part = 0.9;
    return clock_ns ? certain_part * *clock_ns - model.clock_overhead_ns() : 0;
}

CellNetlist choose_fast_sums(MappedCells smallest, CellStyle style, const MapOptions& options, MapMemory& memory, const ClockGoal& goal, int effort,
                             int num_threads) {
    if (smallest.circuit.size() > max_primitives) {
        return std::move(smallest.netlist);
    }
    const SearchRequest request{smallest.circuit, smallest.netlist, style, options, memory, goal, effort};
    std::array searches = {FastSumSearch(request, false), FastSumSearch(request, true)};
    std::array<bool, 2> is_better{};
    parallel_for(searches.size(), 1, num_threads, [&](std::size_t i, std::size_t) { is_better[i] = searches[i].run(); });
    if (!is_better[0] && !is_better[1]) {
        return std::move(smallest.netlist);
    }
    const bool counters_are_nearer = searches[1].distance().is_less_than(searches[0].distance());
    const bool rows_are_nearer = searches[0].distance().is_less_than(searches[1].distance());
    const bool counters_are_smaller = occupied_luts(searches[1].netlist()) < occupied_luts(searches[0].netlist());
    const bool takes_counters = is_better[1] && (!is_better[0] || counters_are_nearer || (!rows_are_nearer && counters_are_smaller));
    return std::move(searches[takes_counters ? 1 : 0].netlist());
}

}  // namespace lutra
