#include "lutra/netlist/cell_netlist.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

int CellInputs::place_of(Net net) {
    const auto used = all();
    const auto found = std::ranges::find(used, net);
    if (found != used.end()) {
        return static_cast<int>(found - used.begin());
    }
    LUTRA_ASSERT(num_inputs < max_table_inputs);
    nets[static_cast<std::size_t>(num_inputs)] = net;
    return num_inputs++;
}

bool CellInputs::contains(Net net) const { return std::ranges::find(all(), net) != all().end(); }

bool CarryCell::has_lut(CellStyle style) const {
    if (style == CellStyle::Lut4) {
        return false;  // the cell holds its own
    }
    const bool passes = inputs.num_inputs == 0 || (inputs.num_inputs == 1 && propagate == input_tables[0]);
    return !passes || generates_second || second_output != no_net;
}

namespace {

/// For each net, the cell that drives it.
struct Drivers {
    std::vector<CellId> cell;
    std::vector<bool> is_driven;
};

Drivers find_drivers(const CellNetlist& netlist) {
    Drivers drivers{std::vector<CellId>(netlist.num_nets), std::vector<bool>(netlist.num_nets, false)};
    const auto drive = [&](CellId cell) {
        visit_outputs(netlist, cell, [&](Net net) {
            drivers.cell[net] = cell;
            drivers.is_driven[net] = true;
        });
    };
    visit_cells(netlist, drive);
    return drivers;
}

class Ordering {
public:
    explicit Ordering(const CellNetlist& netlist) : netlist_(netlist), drivers_(find_drivers(netlist)) {
        done_ = {std::vector<bool>(netlist.luts.size()), std::vector<bool>(netlist.muxes.size()), std::vector<bool>(netlist.chains.size()),
                 std::vector<bool>(netlist.registers.size())};
    }

    std::vector<CellId> run() {
        visit_cells(netlist_, [&](CellId cell) { visit(cell); });
        return std::move(order_);
    }

private:
    /// Depth first, with a stack of our own: netlists may be deep.
    void visit(CellId root) {
        std::vector<std::pair<CellId, bool>> stack = {{root, false}};
        while (!stack.empty()) {
            const CellId cell = stack.back().first;
            const bool inputs_are_done = stack.back().second;
            stack.pop_back();
            auto& done = done_[static_cast<std::size_t>(cell.kind)];
            if (inputs_are_done) {
                order_.push_back(cell);
                continue;
            }
            if (done[cell.index]) {
                continue;
            }
            done[cell.index] = true;
            stack.emplace_back(cell, true);
            visit_inputs(netlist_, cell, [&](Net net) {
                if (net == no_net || !drivers_.is_driven[net]) {
                    return;
                }
                const CellId driver = drivers_.cell[net];
                const bool is_self = driver.kind == cell.kind && driver.index == cell.index;
                if (!is_self && !done_[static_cast<std::size_t>(driver.kind)][driver.index]) {
                    stack.emplace_back(driver, false);
                }
            });
        }
    }

    const CellNetlist& netlist_;
    Drivers drivers_;
    std::array<std::vector<bool>, 4> done_;
    std::vector<CellId> order_;
};

class Evaluation {
public:
    Evaluation(const CellNetlist& netlist, std::span<const std::uint64_t> inputs) : netlist_(netlist), values_(netlist.num_nets, 0) {
        values_[1] = ~std::uint64_t{0};
        for (std::size_t i = 0; i < netlist.inputs.size(); ++i) {
            values_[netlist.inputs[i]] = inputs[i];
        }
    }

    std::vector<std::uint64_t> run() {
        for (const CellId cell : topological_order(netlist_)) {
            switch (cell.kind) {
                case CellId::Kind::Lut: evaluate(netlist_.luts[cell.index]); break;
                case CellId::Kind::Mux: evaluate(netlist_.muxes[cell.index]); break;
                case CellId::Kind::Chain: evaluate(netlist_.chains[cell.index]); break;
                case CellId::Kind::Register: set(netlist_.registers[cell.index].output, values_[netlist_.registers[cell.index].input]); break;
            }
        }
        std::vector<std::uint64_t> outputs;
        for (const Net net : netlist_.outputs) {
            outputs.push_back(values_[net]);
        }
        return outputs;
    }

private:
    std::uint64_t value_of(const CellInputs& inputs, std::uint64_t table) const {
        std::array<std::uint64_t, max_table_inputs> operands{};
        for (int i = 0; i < inputs.num_inputs; ++i) {
            operands[static_cast<std::size_t>(i)] = values_[inputs.nets[static_cast<std::size_t>(i)]];
        }
        return evaluate_table(table, operands.data(), inputs.num_inputs);
    }

    void set(Net net, std::uint64_t value) {
        if (net != no_net) {
            values_[net] = value;
        }
    }

    void evaluate(const LutCell& lut) {
        set(lut.output, value_of(lut.inputs, lut.table));
        set(lut.second_output, value_of(lut.inputs, lut.second_table));
    }

    void evaluate(const MuxCell& mux) {
        const std::uint64_t selector = values_[mux.selector];
        set(mux.output, (values_[mux.if_one] & selector) | (values_[mux.if_zero] & ~selector));
    }

    std::uint64_t generate_of(const CarryCell& bit) const {
        if (netlist_.style == CellStyle::Lut4) {
            return value_of(bit.inputs, cofactor(cofactor(bit.propagate, 2, false), 3, false));
        }
        return bit.generates_second ? value_of(bit.inputs, bit.generate) : values_[bit.generate_net];
    }

    void evaluate(const CarryChain& chain) {
        std::uint64_t carry = values_[chain.carry_in];
        for (const CarryCell& bit : chain.cells) {
            if (bit.second_output != no_net) {
                set(bit.second_output, value_of(bit.inputs, bit.generate));
            }
            const std::uint64_t propagate = value_of(bit.inputs, bit.propagate);
            set(bit.sum, propagate ^ carry);
            carry = (propagate & carry) | (~propagate & generate_of(bit));
        }
    }

    const CellNetlist& netlist_;
    std::vector<std::uint64_t> values_;
};

}  // namespace

std::vector<CellId> topological_order(const CellNetlist& netlist) { return Ordering(netlist).run(); }

std::vector<int> net_levels(const CellNetlist& netlist) {
    std::vector<int> levels(netlist.num_nets, 0);
    for (const CellId cell : topological_order(netlist)) {
        int level = 0;
        visit_inputs(netlist, cell, [&](Net net) { level = std::max(level, net == no_net ? 0 : levels[net]); });
        visit_outputs(netlist, cell, [&](Net net) { levels[net] = level + 1; });
    }
    return levels;
}

CellCounts count_cells(const CellNetlist& netlist) {
    CellCounts counts;
    counts.luts = static_cast<int>(netlist.luts.size());
    counts.muxes = static_cast<int>(netlist.muxes.size());
    counts.registers = static_cast<int>(netlist.registers.size());
    counts.chains = static_cast<int>(netlist.chains.size());
    for (const LutCell& lut : netlist.luts) {
        counts.luts_two_outputs += lut.has_two_outputs() ? 1 : 0;
    }
    for (const CarryChain& chain : netlist.chains) {
        counts.carry_bits += static_cast<int>(chain.cells.size());
        for (const CarryCell& bit : chain.cells) {
            counts.luts += bit.has_lut(netlist.style) ? 1 : 0;
        }
    }
    return counts;
}

std::vector<std::uint64_t> evaluate(const CellNetlist& netlist, std::span<const std::uint64_t> inputs) { return Evaluation(netlist, inputs).run(); }

int count_carry_cells(const CellNetlist& netlist, std::size_t bits_per_cell) {
    std::size_t cells = 0;
    for (const CarryChain& chain : netlist.chains) {
        cells += (chain.cells.size() + bits_per_cell - 1) / bits_per_cell;
    }
    return static_cast<int>(cells);
}

int occupied_luts(const CellNetlist& netlist) {
    constexpr int luts_per_carry_cell = 2;  // of CCU2C, one for each bit
    return count_cells(netlist).luts + (netlist.style == CellStyle::Lut4 ? luts_per_carry_cell * count_carry_cells(netlist, luts_per_carry_cell) : 0);
}

}  // namespace lutra
