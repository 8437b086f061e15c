#pragma once

/// The cells of a netlist that is to be pipelined: who feeds whom, how long each takes, and the earliest stage of each.

#include <cstdint>
#include <vector>

#include "lutra/netlist/cell_netlist.h"
#include "lutra/target/cost_model.h"

namespace lutra {

/// The cells in topological order.
class CellGraph {
public:
    /// `netlist` must outlive this.
    CellGraph(const CellNetlist& netlist, const CostModel& model);

    static constexpr std::uint32_t none = ~0U;

    std::uint32_t size() const { return static_cast<std::uint32_t>(order_.size()); }
    CellId cell(std::uint32_t i) const { return order_[i]; }
    double delay(std::uint32_t i) const { return delays_[i]; }
    /// What follows behind a cell in any case before a register can: multiplexers in its slice, and the way from the last one to a register.
    double tail(std::uint32_t i) const { return tails_[i]; }
    /// The cell that drives a net; none for inputs and constants.
    std::uint32_t driver(Net net) const { return driver_[net]; }
    const std::vector<std::uint32_t>& readers(std::uint32_t i) const { return readers_[i]; }
    /// The cells that feed a cell, each once, ascending.
    std::vector<std::uint32_t> drivers_of(std::uint32_t i) const;
    /// The cells in front of a multiplexer that are in its slice, so that no register fits between them; of other cells none.
    std::vector<std::uint32_t> tied_to(std::uint32_t reader) const;
    bool is_tied(std::uint32_t source, std::uint32_t reader) const;

private:
    const CellNetlist& netlist_;
    std::vector<CellId> order_;
    std::vector<std::uint32_t> driver_;
    std::vector<double> delays_;
    std::vector<double> tails_;
    std::vector<std::vector<std::uint32_t>> readers_;
};

/// The earliest stage of every cell for which no way between registers takes longer than the budget, unless a cell alone does. A slice is in one stage.
std::vector<int> earliest_stages(const CellGraph& graph, double budget_ns);

/// The highest of the stages.
int last_stage(const std::vector<int>& stages);

}  // namespace lutra
