#pragma once

/// A netlist of cells as plain functions of nets and carry chains in an order in which everything is computed before it is read. What is proved of a
/// netlist is proved of this; it shares nothing with what made the netlist.

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "lutra/netlist/cell_netlist.h"

namespace lutra {

/// How a net gets its value.
struct NetSource {
    enum class Kind : std::uint8_t {
        Undriven,
        Constant,  ///< table is 0 or 1
        Input,     ///< place: its number
        Function,  ///< table over the inputs; registers are the identity
        ChainSum,  ///< bit `place` of the sum of a chain
    };
    Kind kind = Kind::Undriven;
    std::uint8_t num_inputs = 0;
    std::array<Net, max_table_inputs> inputs{};
    std::uint64_t table = 0;
    std::uint32_t chain = 0;
    std::uint32_t place = 0;
    std::uint32_t origin = 0;

    std::span<const Net> all() const { return {inputs.data(), num_inputs}; }
};

/// One bit of a chain: sum = propagate ^ carry, next carry = propagate ? carry : generate.
struct FlatColumn {
    Net propagate = 0;
    Net generate = 0;
    Net sum = no_net;
};

struct FlatChain {
    std::vector<FlatColumn> columns;
    Net carry_in = 0;
};

/// A whole netlist. Chains are in the order of computation too: what a chain reads does not depend on a later one.
struct FlatNetlist {
    std::vector<NetSource> nets;
    std::vector<FlatChain> chains;
    std::vector<Net> order;  ///< nets after what they depend on; of a chain the first sum stands for all
    std::vector<Net> inputs;
    std::vector<Net> outputs;
    std::vector<std::string> origins;
    int latency = 0;  ///< registers from each input to each output
};

/// Flattens a netlist. Fails, with what is wrong, when a net has two drivers or none, cells form a loop, or two ways from the inputs to a cell pass
/// different numbers of registers, so that it would mix events.
std::expected<FlatNetlist, std::string> flatten(const CellNetlist& netlist);

/// The values of all nets for 64 * width events: those of net n are words [n * width, (n + 1) * width), and so are those of input n in `inputs`.
std::vector<std::uint64_t> evaluate_nets(const FlatNetlist& netlist, std::span<const std::uint64_t> inputs, std::size_t width);

}  // namespace lutra
