#pragma once

/// Truth tables of many inputs as functions that fit in LUTs, taken apart as lut_cost.h says.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "lutra/map/lut_cost.h"
#include "lutra/netlist/bit_network.h"

namespace lutra {

/// Makes functions of bits, and shares equal parts among all functions that it makes.
class TableBits {
public:
    /// Both must outlive this.
    TableBits(BitNetwork& network, LutCost& cost) : network_(network), cost_(cost) {}

    /// Several functions of the same inputs.
    std::vector<Bit> word(const std::vector<Bit>& inputs, std::span<const WideTruthTable> functions);
    /// One function.
    Bit bit(std::vector<Bit> inputs, WideTruthTable table);

private:
    /// A function of bits.
    struct Function {
        std::vector<Bit> inputs;
        WideTruthTable table;

        friend bool operator==(const Function&, const Function&) = default;
    };
    struct FunctionHash {
        std::size_t operator()(const Function& f) const;
    };

    Bit make(Function f);
    Bit make_leaf(const Function& f);
    Bit make_mux(const Function& f, int input);
    /// The inputs of the g of a decomposition, whose h it makes.
    std::vector<Bit> make_codes(const std::vector<Bit>& inputs, std::uint32_t bound, const Partition& partition);

    BitNetwork& network_;
    LutCost& cost_;
    std::unordered_map<Function, Bit, FunctionHash> known_;
};

}  // namespace lutra
