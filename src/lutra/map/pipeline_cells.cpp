#include "lutra/map/pipeline_cells.h"

#include <algorithm>
#include <compare>
#include <map>

#include "lutra/base/assert.h"
#include "lutra/map/cell_stages.h"
#include "lutra/map/schedule.h"

namespace lutra {

namespace {

constexpr std::size_t max_constraints = 4'000'000;

/// Moves cells between their earliest stages and the last one so that the registers take the fewest bits.
class RegisterPlacement {
public:
    RegisterPlacement(const CellGraph& graph, const CellNetlist& netlist, double budget_ns, int num_stages)
        : graph_(graph), netlist_(netlist), budget_ns_(budget_ns), num_stages_(num_stages) {}

    /// Stages, or nothing when there are too many constraints.
    std::optional<std::vector<int>> run() {
        begin_ = graph_.size();
        weights_.assign(graph_.size() + 1, 0);
        add_cells();
        if (!add_paths()) {
            return std::nullopt;
        }
        add_nets();
        auto values = minimize_differences(weights_, std::move(constraints_));
        if (values) {
            const int base = (*values)[begin_];
            values->resize(graph_.size());
            std::ranges::for_each(*values, [&](int& value) { value -= base; });
        }
        return values;
    }

private:
    void constrain(std::uint32_t from, std::uint32_t to, int least) { constraints_.push_back({from, to, least}); }

    void add_cells() {
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            const std::vector<std::uint32_t> sources = graph_.drivers_of(i);
            for (const std::uint32_t source : sources) {
                constrain(source, i, 0);
                if (graph_.is_tied(source, i)) {
                    constrain(i, source, 0);
                }
            }
            if (sources.empty()) {
                constrain(begin_, i, 0);
            }
            if (graph_.readers(i).empty()) {
                constrain(i, begin_, -(num_stages_ - 1));
            }
        }
    }

    /// From each cell, the first cells that are too far away for one stage. A cell that is too far from a reader too is not mentioned: the reader is
    /// not before the cell.
    bool add_paths() {
        std::vector<std::vector<std::uint32_t>> too_far(graph_.size());  ///< sorted
        std::size_t num_paths = 0;
        std::map<std::uint32_t, double> reached;
        for (std::uint32_t i = graph_.size(); i-- > 0;) {
            reached.clear();
            reached[i] = graph_.delay(i);
            while (!reached.empty()) {
                const auto [cell, delay] = *reached.begin();
                reached.erase(reached.begin());
                for (const std::uint32_t reader : graph_.readers(cell)) {
                    const double total = delay + graph_.delay(reader);
                    if (total + graph_.tail(reader) <= budget_ns_ || graph_.is_tied(cell, reader)) {
                        double& longest = reached[reader];
                        longest = std::max(longest, total);
                    } else {
                        too_far[i].push_back(reader);
                    }
                }
            }
            std::ranges::sort(too_far[i]);
            too_far[i].erase(std::ranges::unique(too_far[i]).begin(), too_far[i].end());
            num_paths += too_far[i].size();
            if (num_paths > max_constraints) {
                return false;
            }
            for (const std::uint32_t cell : too_far[i]) {
                if (std::ranges::none_of(graph_.readers(i), [&](std::uint32_t reader) { return std::ranges::binary_search(too_far[reader], cell); })) {
                    constrain(i, cell, 1);
                }
            }
        }
        return true;
    }

    /// Nets of one cell that the same cells read.
    struct NetGroup {
        std::uint32_t source = 0;
        bool is_output = false;
        std::vector<std::uint32_t> readers;

        friend auto operator<=>(const NetGroup&, const NetGroup&) = default;
    };

    /// How many nets there are of each group.
    std::map<NetGroup, int> group_nets() const {
        std::vector<NetGroup> group_of(netlist_.num_nets);
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            visit_inputs(netlist_, graph_.cell(i), [&](Net net) {
                if (net != no_net && net > 1 && graph_.driver(net) != i && (group_of[net].readers.empty() || group_of[net].readers.back() != i)) {
                    group_of[net].readers.push_back(i);
                }
            });
        }
        for (const Net net : netlist_.outputs) {
            group_of[net].is_output = net > 1;
        }
        std::map<NetGroup, int> groups;
        for (Net net = 2; net < netlist_.num_nets; ++net) {
            NetGroup& group = group_of[net];
            if (group.is_output || !group.readers.empty()) {
                group.source = graph_.driver(net) == CellGraph::none ? begin_ : graph_.driver(net);
                ++groups[std::move(group)];
            }
        }
        return groups;
    }

    /// A net is kept until the last of its readers; where that is not known beforehand, one more value stands for it.
    void add_nets() {
        for (const auto& [group, num_nets] : group_nets()) {
            weights_[group.source] -= num_nets;
            if (group.is_output) {
                weights_[begin_] += num_nets;  // kept until the last stage, which is a constant
            } else if (group.readers.size() == 1) {
                weights_[group.readers[0]] += num_nets;
            } else {
                const auto last = static_cast<std::uint32_t>(weights_.size());
                weights_.push_back(num_nets);
                for (const std::uint32_t cell : group.readers) {
                    constrain(cell, last, 0);
                }
            }
        }
    }

    const CellGraph& graph_;
    const CellNetlist& netlist_;
    double budget_ns_;
    int num_stages_;
    std::uint32_t begin_ = 0;  ///< stands for the inputs: stage 0
    std::vector<std::int64_t> weights_;
    std::vector<DifferenceConstraint> constraints_;
};

/// Puts registers on all nets that cross stages.
class RegisterInsertion {
public:
    RegisterInsertion(const CellNetlist& netlist, const CellGraph& graph, const std::vector<int>& stages, int num_stages)
        : result_(netlist), graph_(graph), stages_(stages), num_stages_(num_stages) {}

    CellNetlist run() {
        for (std::uint32_t i = 0; i < graph_.size(); ++i) {
            const int stage = stages_[i];
            const CellId cell = graph_.cell(i);
            switch (cell.kind) {
                case CellId::Kind::Lut: delay_inputs(result_.luts[cell.index].inputs, stage); break;
                case CellId::Kind::Mux: {
                    MuxCell& mux = result_.muxes[cell.index];
                    mux.if_zero = at_stage(mux.if_zero, stage);
                    mux.if_one = at_stage(mux.if_one, stage);
                    mux.selector = at_stage(mux.selector, stage);
                    break;
                }
                case CellId::Kind::Chain: {
                    CarryChain& chain = result_.chains[cell.index];
                    chain.carry_in = at_stage(chain.carry_in, stage);
                    for (CarryCell& bit : chain.cells) {
                        delay_inputs(bit.inputs, stage);
                        bit.generate_net = at_stage(bit.generate_net, stage);
                    }
                    break;
                }
                case CellId::Kind::Register: LUTRA_UNREACHABLE("the netlist has no registers yet");
            }
        }
        for (Net& net : result_.outputs) {
            net = at_stage(net, num_stages_);
        }
        return std::move(result_);
    }

private:
    void delay_inputs(CellInputs& inputs, int stage) {
        for (int i = 0; i < inputs.num_inputs; ++i) {
            Net& net = inputs.nets[static_cast<std::size_t>(i)];
            net = at_stage(net, stage);
        }
    }

    /// The value of a net in a later stage.
    Net at_stage(Net net, int stage) {
        if (net == no_net || net <= 1) {
            return net;
        }
        const std::uint32_t driver = graph_.driver(net);
        const int first = driver == CellGraph::none ? 0 : stages_[driver];
        auto& delayed = delayed_[net];
        while (static_cast<int>(delayed.size()) < stage - first) {
            const Net input = delayed.empty() ? net : delayed.back();
            delayed.push_back(result_.num_nets++);
            result_.registers.push_back({.input = input, .output = delayed.back(), .origin = origin_of(driver)});
        }
        return stage == first ? net : delayed[static_cast<std::size_t>(stage - first - 1)];
    }

    std::uint32_t origin_of(std::uint32_t driver) const {
        if (driver == CellGraph::none) {
            return 0;
        }
        const CellId cell = graph_.cell(driver);
        switch (cell.kind) {
            case CellId::Kind::Lut: return result_.luts[cell.index].origin;
            case CellId::Kind::Mux: return result_.muxes[cell.index].origin;
            case CellId::Kind::Chain: return result_.chains[cell.index].origin;
            case CellId::Kind::Register: return result_.registers[cell.index].origin;
        }
        LUTRA_UNREACHABLE("cell kind");
    }

    CellNetlist result_;
    const CellGraph& graph_;
    const std::vector<int>& stages_;
    int num_stages_;
    std::map<Net, std::vector<Net>> delayed_;
};

PipelinedCells pipeline(const CellNetlist& netlist, const CellGraph& graph, double budget_ns, int num_stages) {
    const std::vector<int> earliest = earliest_stages(graph, budget_ns);
    const int stages_needed = std::max(num_stages, last_stage(earliest) + 1);
    const auto best = RegisterPlacement(graph, netlist, budget_ns, stages_needed).run();
    return {RegisterInsertion(netlist, graph, best.value_or(earliest), stages_needed).run(), stages_needed};
}

/// The shortest time for a stage with which so many are enough.
double least_budget(const CellGraph& graph, int num_stages) {
    double too_short = 0;
    double enough = 0;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        enough += graph.delay(i) + graph.tail(i);
    }
    constexpr double precision_ns = 0.01;
    while (enough - too_short > precision_ns) {
        const double middle = (too_short + enough) / 2;
        (last_stage(earliest_stages(graph, middle)) < num_stages ? enough : too_short) = middle;
    }
    return enough;
}

}  // namespace

double cell_delay_ns(const CellNetlist& netlist, CellId cell, const CostModel& model) {
    switch (cell.kind) {
        case CellId::Kind::Lut: return model.gate_delay_ns(netlist.luts[cell.index].inputs.num_inputs);
        case CellId::Kind::Mux: return model.wide_mux_delay_ns();
        case CellId::Kind::Chain: return model.adder_delay_ns(static_cast<int>(netlist.chains[cell.index].cells.size()));
        case CellId::Kind::Register: return 0;
    }
    LUTRA_UNREACHABLE("cell kind");
}

CellTiming timing_for_delay(const CellNetlist& netlist, const CostModel& model, double budget_ns) {
    const CellGraph graph(netlist, model);
    CellTiming timing{.num_stages = last_stage(earliest_stages(graph, budget_ns)) + 1, .slowest_ns = 0};
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        timing.slowest_ns = std::max(timing.slowest_ns, graph.delay(i) + graph.tail(i));
    }
    return timing;
}

CellTiming timing_for_stages(const CellNetlist& netlist, const CostModel& model, int num_stages) {
    return {num_stages, least_budget(CellGraph(netlist, model), num_stages)};
}

PipelinedCells pipeline_for_delay(const CellNetlist& netlist, const CostModel& model, double budget_ns) {
    const CellGraph graph(netlist, model);
    return pipeline(netlist, graph, budget_ns, 1);
}

PipelinedCells pipeline_for_stages(const CellNetlist& netlist, const CostModel& model, int num_stages) {
    const CellGraph graph(netlist, model);
    return pipeline(netlist, graph, least_budget(graph, num_stages), num_stages);
}

}  // namespace lutra
