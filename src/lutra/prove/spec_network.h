#pragma once

/// A circuit as bits: what a netlist has to compute. Sums stay whole, as linear forms of bits; all else becomes choices between bits. Written for
/// proofs, apart from map/, so that an error there meets no like error here.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/netlist/bit_network.h"

namespace lutra {

/// A node of the specification. Node 0 is the constant 0.
struct SpecNode {
    enum class Kind : std::uint8_t {
        Constant,
        Input,   ///< place: number of the input bit
        SumBit,  ///< bit `place` of sum `sum`
        Choice,  ///< selector ? if_one : if_zero
    };
    Kind kind = Kind::Constant;
    Bit selector = {};
    Bit if_one = {};
    Bit if_zero = {};
    std::uint32_t sum = 0;
    std::uint32_t place = 0;
    Wire wire = {};  ///< that it was made for
};

/// A word that a sum adds, with what is proved of its value.
struct SpecOperand {
    BitWord bits;
    bool is_signed = false;
    Interval interval;
};

/// word = sum of coefficient * node + constant, modulo 2^width. Bits below `low` have been found to be other bits or constants.
struct SpecSum {
    Wire wire = {};
    std::map<std::uint32_t, Integer> terms = {};  ///< by node
    Integer constant = 0;
    std::map<std::uint32_t, Integer> high_terms = {};  ///< what the bits from `low` on sum up, divided by 2^low
    Integer high_constant = 0;
    int low = 0;
    int width = 0;          ///< of the word
    int num_bits = 0;       ///< SumBits made, from bit `low`; those above repeat the sign or are 0, by the proved interval
    bool has_sign = false;  ///< the highest of them counts negative
    bool is_exact = false;  ///< by the intervals of the operands the sum stays within the word
    std::uint32_t first_node = 0;
    std::vector<SpecOperand> operands = {};
};

/// The bits of a sum from `low` on, for 64 * width events: bit b holds words [b * width, (b + 1) * width). `terms` are the values of its high_terms.
std::vector<std::uint64_t> evaluate(const SpecSum& sum, std::span<const std::uint64_t* const> terms, std::size_t width);

class SpecNetwork {
public:
    /// The network of a circuit. Registers are wires.
    static SpecNetwork of(const Circuit& circuit);

    const std::vector<SpecNode>& nodes() const { return nodes_; }
    const std::vector<SpecSum>& sums() const { return sums_; }
    /// The bits of a live wire.
    const BitWord& word(Wire wire) const { return words_[wire.index]; }
    const std::vector<Bit>& inputs() const { return inputs_; }  ///< of all ports, as they are printed; bits beyond the interval of an input repeat others
    const std::vector<Bit>& outputs() const { return outputs_; }
    const std::vector<Wire>& output_wires() const { return output_wires_; }  ///< of each output bit

    /// The values of all nodes for 64 * width events; input i holds words [i * width, (i + 1) * width).
    std::vector<std::uint64_t> evaluate(std::span<const std::uint64_t> inputs, std::size_t width) const;

private:
    class Builder;

    std::vector<SpecNode> nodes_ = {SpecNode{}};
    std::vector<SpecSum> sums_;
    std::vector<BitWord> words_;
    std::vector<Bit> inputs_;
    std::vector<Bit> outputs_;
    std::vector<Wire> output_wires_;
};

/// For each wire, whether an output depends on it.
std::vector<bool> needed_wires(const Circuit& circuit);

}  // namespace lutra
