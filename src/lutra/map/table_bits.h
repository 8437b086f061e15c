#pragma once

/// Truth tables of many inputs as functions that fit in LUTs: taken apart as lut_cost.h says, or made of each other as divisors.h says.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "lutra/map/divisors.h"
#include "lutra/map/lut_cost.h"
#include "lutra/netlist/bit_network.h"

namespace lutra {

/// The bits of a table, or of a part of one, as functions of the same inputs.
struct TableWord {
    std::vector<Bit> inputs;
    std::vector<WideTruthTable> functions;
};

/// Makes functions of bits, and shares equal parts among all functions that it makes.
class TableBits {
public:
    /// All must outlive this. Without `trees` no function is made of others.
    TableBits(BitNetwork& network, LutCost& cost, DivisorTrees* trees) : network_(network), cost_(cost), trees_(trees) {}

    /// The bits of words that have inputs in common: simple words first, from which later ones may be made.
    std::vector<BitWord> words(std::span<const TableWord> words);

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
    /// Bits of the words at hand, as functions of the same inputs.
    struct Divisors {
        std::vector<Bit> bits;
        std::vector<WideTruthTable> tables;
    };
    struct MadeFunction {
        Function function;
        Bit bit;
    };
    /// What has been made up to a moment.
    struct Checkpoint {
        std::uint32_t num_nodes = 0;
        std::size_t num_known = 0;
        std::size_t num_made = 0;
    };

    BitWord word(const TableWord& word);
    BitWord decomposed_word(const TableWord& word, const Decomposition& common);
    BitWord word_bit_by_bit(const TableWord& word);
    Bit bit(Function f);
    Bit make(Function f);
    Bit make_simple(const Function& f);
    Bit make_mux(const Function& f, int input);
    Bit choose(Bit selector, Bit if_one, Bit if_zero);
    std::optional<Bit> make_of_divisors(const Function& f);
    std::optional<Bit> make_tree(const WideTruthTable& f, const Entries& entries, const Divisors& divisors, const DivisorTree& tree);
    Divisors divisors_of(const Function& f);
    int level_of(std::uint32_t node);
    /// The inputs of the g of a decomposition, whose h it makes.
    std::vector<Bit> make_codes(const std::vector<Bit>& inputs, std::uint32_t bound, const Partition& partition);

    Checkpoint checkpoint() const { return {network_.size(), order_.size(), made_.size()}; }
    int luts_since(const Checkpoint& point) const;
    void take_back(const Checkpoint& point);

    BitNetwork& network_;
    LutCost& cost_;
    DivisorTrees* trees_;
    std::unordered_map<Function, Bit, FunctionHash> known_;
    std::vector<Function> order_;     ///< what is known, oldest first
    std::vector<MadeFunction> made_;  ///< of the words at hand
    std::vector<int> levels_;         ///< per node: LUTs behind each other, from inputs and sums on
};

}  // namespace lutra
