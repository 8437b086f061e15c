#pragma once

/// The cells of a device that compute a network of bits: lookup tables, multiplexers behind them, and carry chains.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "lutra/base/assert.h"
#include "lutra/netlist/truth_table.h"

namespace lutra {

/// What the cells of a family are. Yosys' and the vendors' names of them are in emit/verilog.
enum class CellStyle {
    Lut6,  ///< LUT6_2, MUXF7/8 and CARRY4 or CARRY8 of Xilinx
    Lut4,  ///< LUT4, PFUMX, L6MUX21 and CCU2C of ECP5
};

/// A signal, numbered; net 0 is the constant 0 and net 1 the constant 1.
using Net = std::uint32_t;
inline constexpr Net no_net = std::numeric_limits<Net>::max();

/// The inputs of a cell, the first num_inputs of them.
struct CellInputs {
    std::array<Net, max_table_inputs> nets{};
    int num_inputs = 0;

    std::span<const Net> all() const { return {nets.data(), static_cast<std::size_t>(num_inputs)}; }
    /// The place of a net, which is appended if it is not there.
    int place_of(Net net);
    bool contains(Net net) const;
};

/// A lookup table, or one with two outputs: then it has at most five inputs (Lut6 only).
struct LutCell {
    CellInputs inputs;
    std::uint64_t table = 0;
    Net output = no_net;
    std::uint64_t second_table = 0;
    Net second_output = no_net;
    std::uint32_t origin = 0;

    bool has_two_outputs() const { return second_output != no_net; }
};

/// output = selector ? if_one : if_zero, right behind two LUTs (level 0) or two multiplexers of the level below.
struct MuxCell {
    Net if_zero = no_net;
    Net if_one = no_net;
    Net selector = no_net;
    Net output = no_net;
    int level = 0;
    std::uint32_t origin = 0;
};

/// A register of one bit.
struct RegisterCell {
    Net input = no_net;
    Net output = no_net;
    std::uint32_t origin = 0;
};

/// One bit of a carry chain: sum = propagate ^ carry, next carry = propagate ? carry : generate.
struct CarryCell {
    CellInputs inputs;
    std::uint64_t propagate = 0;    ///< table over the inputs
    std::uint64_t generate = 0;     ///< Lut6, when it is given by the LUT's second output; table over at most five inputs
    Net generate_net = no_net;      ///< Lut6, when it comes from outside. On Lut4 it is `propagate` with its inputs 2 and 3 at 0
    Net second_output = no_net;     ///< Lut6: the net of the LUT's second output, when something reads it
    bool generates_second = false;  ///< Lut6: `generate` is the second output
    Net sum = no_net;               ///< no_net when nothing reads it

    /// The LUT in front of the carry is used; otherwise `propagate` is a net as it is, or 0.
    bool has_lut(CellStyle style) const;
};

/// A carry chain, lowest bit first.
struct CarryChain {
    std::vector<CarryCell> cells;
    Net carry_in = 0;  ///< on Lut4 a constant
    std::uint32_t origin = 0;
};

/// A netlist. Cells stand in no order of their own; topological_order gives one in which inputs are computed before outputs.
struct CellNetlist {
    CellStyle style = CellStyle::Lut6;
    Net num_nets = 2;
    std::vector<Net> inputs;
    std::vector<Net> outputs;
    std::vector<LutCell> luts;
    std::vector<MuxCell> muxes;
    std::vector<CarryChain> chains;
    std::vector<RegisterCell> registers;
    std::vector<std::string> origins;
};

/// A cell of a netlist.
struct CellId {
    enum class Kind : std::uint8_t { Lut, Mux, Chain, Register };
    Kind kind = Kind::Lut;
    std::uint32_t index = 0;
};

/// Calls visit(net) for each net that a cell reads; the same net may come more than once, and no_net and constants too.
template <typename Visit>
void visit_inputs(const CellNetlist& netlist, CellId cell, Visit visit) {
    switch (cell.kind) {
        case CellId::Kind::Lut: std::ranges::for_each(netlist.luts[cell.index].inputs.all(), visit); return;
        case CellId::Kind::Mux: {
            const MuxCell& mux = netlist.muxes[cell.index];
            visit(mux.if_zero);
            visit(mux.if_one);
            visit(mux.selector);
            return;
        }
        case CellId::Kind::Chain:
            visit(netlist.chains[cell.index].carry_in);
            for (const CarryCell& bit : netlist.chains[cell.index].cells) {
                std::ranges::for_each(bit.inputs.all(), visit);
                visit(bit.generate_net);
            }
            return;
        case CellId::Kind::Register: visit(netlist.registers[cell.index].input); return;
    }
    LUTRA_UNREACHABLE("cell kind");
}

/// Calls visit(net) for each net that a cell drives.
template <typename Visit>
void visit_outputs(const CellNetlist& netlist, CellId cell, Visit visit) {
    const auto visit_net = [&](Net net) {
        if (net != no_net) {
            visit(net);
        }
    };
    switch (cell.kind) {
        case CellId::Kind::Lut:
            visit_net(netlist.luts[cell.index].output);
            visit_net(netlist.luts[cell.index].second_output);
            return;
        case CellId::Kind::Mux: visit_net(netlist.muxes[cell.index].output); return;
        case CellId::Kind::Chain:
            for (const CarryCell& bit : netlist.chains[cell.index].cells) {
                visit_net(bit.sum);
                visit_net(bit.second_output);
            }
            return;
        case CellId::Kind::Register: visit_net(netlist.registers[cell.index].output); return;
    }
    LUTRA_UNREACHABLE("cell kind");
}

/// Calls visit(cell) for each cell of each kind, in order.
template <typename Visit>
void visit_cells(const CellNetlist& netlist, Visit visit) {
    const std::array sizes = {netlist.luts.size(), netlist.muxes.size(), netlist.chains.size(), netlist.registers.size()};
    for (std::size_t kind = 0; kind < sizes.size(); ++kind) {
        for (std::uint32_t i = 0; i < sizes[kind]; ++i) {
            visit(CellId{static_cast<CellId::Kind>(kind), i});
        }
    }
}

/// All cells, each after those that compute its inputs.
std::vector<CellId> topological_order(const CellNetlist& netlist);

/// For each net, the number of cells on the longest way to it from the inputs.
std::vector<int> net_levels(const CellNetlist& netlist);

/// Cells as they are counted.
struct CellCounts {
    int luts = 0;              ///< those in front of carries too; one with two outputs counts once
    int luts_two_outputs = 0;  ///< of these
    int carry_bits = 0;
    int chains = 0;
    int muxes = 0;
    int registers = 0;
};
CellCounts count_cells(const CellNetlist& netlist);

/// Carry cells of the chains, where each holds so many bits.
int count_carry_cells(const CellNetlist& netlist, std::size_t bits_per_cell);

/// LUTs, with those inside of carry cells: on Lut4 two in each.
int occupied_luts(const CellNetlist& netlist);

/// The outputs for 64 events at a time, as the cells compute them; registers pass their inputs on.
std::vector<std::uint64_t> evaluate(const CellNetlist& netlist, std::span<const std::uint64_t> inputs);

}  // namespace lutra
