#include "lutra/compile/choose_fast_sums.h"

#include <algorithm>
#include <map>
#include <optional>
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

/// Times by which designs differ for no reason.
constexpr double least_gain_ns = 0.03;

int max_mappings(int effort) { return effort >= greatest_effort ? 60 : 16; }

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
    const MappingSetup& setup;
    const ClockGoal& goal;
    double usual_luts = 0;  ///< of the smallest netlist
};

/// A netlist, and how good it is.
struct Candidate {
    CellNetlist netlist;
    GoalDistance distance;

    bool is_better_than(const Candidate& other) const {
        return distance.is_less_than(other.distance) || (!other.distance.is_less_than(distance) && occupied_luts(netlist) < occupied_luts(other.netlist));
    }
};

/// Builds all sums in little time, then takes away those that the goal does not need.
class FastSumSearch {
public:
    FastSumSearch(const SearchRequest& request, bool has_counters)
        : request_(request),
          fast_{.is_fast = std::vector<bool>(request.circuit.size(), false),
                .delays = CostModel(request.goal.device, request.usual_luts),
                .has_counters = has_counters} {}

    /// Nothing when that comes no nearer to the goal than `usual` for what it may cost.
    std::optional<Candidate> run(const GoalDistance& usual) {
        find_layers();
        best_.netlist = map();
        best_.distance = distance_of(best_.netlist, request_.goal);
        while (best_.distance.is_less_than(usual)) {
            std::ranges::for_each(layers_, [&](auto& layer) { take_away(layer.second, 0); });
            std::ranges::for_each(layers_, [&](auto& layer) { halve(layer.second); });
            if (occupied_luts(best_.netlist) <= (1 + most_growth(request_.setup.effort)) * request_.usual_luts) {
                return std::move(best_);
            }
            ++best_.distance.num_stages;  // fewer fast sums will do for that
        }
        return std::nullopt;
    }

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
        return map_cells(map_circuit(request_.circuit, request_.setup.options, request_.setup.memory, &fast_), request_.setup.style);
    }

    bool may_map() const { return num_mappings_ < max_mappings(request_.setup.effort); }

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
        const GoalDistance distance = distance_of(netlist, request_.goal);
        if (best_.distance.is_less_than(distance)) {
            set(true);
            return false;
        }
        sums.resize(num_kept);
        best_ = {std::move(netlist), distance.is_less_than(best_.distance) ? distance : best_.distance};
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
    Candidate best_;
    int num_mappings_ = 0;
};

}  // namespace

double ClockGoal::stage_ns(const CostModel& model) const {
    constexpr double certain_part = 0.9;
    return clock_ns ? certain_part * *clock_ns - model.clock_overhead_ns() : 0;
}

bool GoalDistance::is_less_than(const GoalDistance& other) const {
    return missing_ns < other.missing_ns - least_gain_ns || (missing_ns < other.missing_ns + least_gain_ns && num_stages < other.num_stages);
}

GoalDistance distance_of(const CellNetlist& netlist, const ClockGoal& goal) {
    const CostModel model(goal.device, static_cast<double>(occupied_luts(netlist)));
    const double budget = goal.stage_ns(model);
    const CellTiming timing = goal.num_stages ? timing_for_stages(netlist, model, *goal.num_stages) : timing_for_delay(netlist, model, budget);
    return {std::max(0.0, timing.slowest_ns - budget), timing.num_stages};
}

double most_growth(int effort) { return effort >= greatest_effort ? 0.25 : 0.1; }

CellNetlist choose_fast_sums(CellNetlist smallest, const std::vector<Circuit>& circuits, const MappingSetup& setup, const ClockGoal& goal) {
    Candidate best{std::move(smallest), {}};
    best.distance = distance_of(best.netlist, goal);
    const double usual_luts = occupied_luts(best.netlist);
    constexpr std::size_t ways = 3;  // as they are, with rows of little depth, with counters too
    std::vector<std::optional<Candidate>> candidates(ways * circuits.size());
    parallel_for(candidates.size(), 1, setup.num_threads, [&](std::size_t i, std::size_t) {
        const SearchRequest request{circuits[i / ways], setup, goal, usual_luts};
        if (i % ways > 0) {
            candidates[i] = FastSumSearch(request, i % ways == 2).run(best.distance);
        } else if (i > 0) {
            candidates[i] = Candidate{map_cells(map_circuit(request.circuit, setup.options, setup.memory), setup.style), {}};
            candidates[i]->distance = distance_of(candidates[i]->netlist, goal);
        }
    });
    for (std::optional<Candidate>& candidate : candidates) {
        if (candidate && occupied_luts(candidate->netlist) <= (1 + most_growth(setup.effort)) * usual_luts && candidate->is_better_than(best)) {
            best = std::move(*candidate);
        }
    }
    return std::move(best.netlist);
}

}  // namespace lutra
