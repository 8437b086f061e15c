#include "lutra/map/cell_stages.h"

#include <algorithm>

#include "lutra/map/pipeline_cells.h"

namespace lutra {

CellGraph::CellGraph(const CellNetlist& netlist, const CostModel& model)
    : netlist_(netlist), order_(topological_order(netlist)), driver_(netlist.num_nets, none), tails_(order_.size(), 0), readers_(order_.size()) {
    for (std::uint32_t i = 0; i < size(); ++i) {
        visit_outputs(netlist, order_[i], [&](Net net) { driver_[net] = i; });
        delays_.push_back(cell_delay_ns(netlist, order_[i], model));
    }
    for (std::uint32_t i = 0; i < size(); ++i) {
        for (const std::uint32_t source : drivers_of(i)) {
            readers_[source].push_back(i);
        }
    }
    for (std::uint32_t i = size(); i-- > 0;) {
        if (order_[i].kind == CellId::Kind::Mux) {
            tails_[i] = std::max(tails_[i], model.mux_to_register_ns());
        }
        for (const std::uint32_t source : tied_to(i)) {
            tails_[source] = std::max(tails_[source], delays_[i] + tails_[i]);
        }
    }
}

std::vector<std::uint32_t> CellGraph::drivers_of(std::uint32_t i) const {
    std::vector<std::uint32_t> drivers;
    visit_inputs(netlist_, order_[i], [&](Net net) {
        if (net != no_net && driver_[net] != none && driver_[net] != i) {
            drivers.push_back(driver_[net]);
        }
    });
    std::ranges::sort(drivers);
    drivers.erase(std::ranges::unique(drivers).begin(), drivers.end());
    return drivers;
}

std::vector<std::uint32_t> CellGraph::tied_to(std::uint32_t reader) const {
    std::vector<std::uint32_t> sources;
    if (order_[reader].kind == CellId::Kind::Mux) {
        const MuxCell& mux = netlist_.muxes[order_[reader].index];
        for (const Net net : {mux.if_zero, mux.if_one}) {
            if (driver_[net] != none) {
                sources.push_back(driver_[net]);
            }
        }
    }
    return sources;
}

bool CellGraph::is_tied(std::uint32_t source, std::uint32_t reader) const { return std::ranges::count(tied_to(reader), source) > 0; }

namespace {

/// Assigns stages in the order of the cells. Where the selector of a multiplexer comes too late for the stage of its LUTs, these go into a later one, and the
/// cells from them on are assigned again.
class StageAssignment {
public:
    StageAssignment(const CellGraph& graph, double budget_ns)
        : graph_(graph), budget_ns_(budget_ns), least_(graph.size(), 0), stages_(graph.size(), 0), arrivals_(graph.size(), 0) {}

    std::vector<int> run() {
        for (std::uint32_t i = 0; i < graph_.size();) {
            first_moved_ = i + 1;
            assign(i);
            i = first_moved_;
        }
        return std::move(stages_);
    }

private:
    void assign(std::uint32_t i) {
        const std::vector<std::uint32_t> sources = graph_.drivers_of(i);
        int stage = least_[i];
        for (const std::uint32_t source : sources) {
            stage = std::max(stage, stages_[source]);
        }
        double arrival = 0;
        double free_arrival = 0;  // from where a register fits between
        for (const std::uint32_t source : sources) {
            const double at = stages_[source] == stage ? arrivals_[source] : 0;
            arrival = std::max(arrival, at);
            free_arrival = std::max(free_arrival, graph_.is_tied(source, i) ? 0 : at);
        }
        if (free_arrival > 0 && free_arrival + graph_.delay(i) + graph_.tail(i) > budget_ns_) {
            ++stage;
            arrival = 0;
        }
        stages_[i] = stage;
        arrivals_[i] = arrival + graph_.delay(i);
        move_tied(i, stage);
    }

    /// Puts what is in the slice of a multiplexer into its stage.
    void move_tied(std::uint32_t i, int stage) {
        for (const std::uint32_t source : graph_.tied_to(i)) {
            if (stages_[source] < stage) {
                least_[source] = stage;
                first_moved_ = std::min(first_moved_, source);
                move_tied(source, stage);
            }
        }
    }

    const CellGraph& graph_;
    double budget_ns_;
    std::vector<int> least_;  ///< that slices demand
    std::vector<int> stages_;
    std::vector<double> arrivals_;
    std::uint32_t first_moved_ = 0;
};

}  // namespace

std::vector<int> earliest_stages(const CellGraph& graph, double budget_ns) { return StageAssignment(graph, budget_ns).run(); }

int last_stage(const std::vector<int>& stages) { return stages.empty() ? 0 : std::ranges::max(stages); }

}  // namespace lutra
