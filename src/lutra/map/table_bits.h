#pragma once

/// Truth tables of many inputs as functions that fit in LUTs.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "lutra/netlist/bit_network.h"

namespace lutra {

/// What functions are made of.
struct TableBitsOptions {
    int lut_inputs = 6;  ///< at most six
    int mux_levels = 2;  ///< multiplexers that may follow each other behind a LUT, at no cost
};

/// Makes functions of bits, and shares equal parts among all functions that it makes.
///
///     f that does not read an input     => f without it
///     f of as many inputs as a LUT has  => one function
///     f(x, y) with few different f(x, .) => g(h(x), y): h numbers the different ones in few bits (Ashenhurst 1957, Curtis 1961)
///     f                                 => a multiplexer of two cofactors
///
/// Of the last two, the one that by its numbers of inputs takes the fewest LUTs.
class TableBits {
public:
    /// `network` must outlive this.
    TableBits(BitNetwork& network, const TableBitsOptions& options) : network_(network), options_(options) {}

    /// f(inputs), where entry a of f, one of 2^inputs, is its value for the inputs that are the bits of a, input 0 lowest.
    Bit bit(std::vector<Bit> inputs, std::vector<bool> entries);

private:
    /// A function of more inputs than a word has bits for.
    struct Function {
        std::vector<Bit> inputs;
        std::vector<bool> entries;

        std::size_t size() const { return inputs.size(); }
        friend bool operator==(const Function&, const Function&) = default;
    };
    struct FunctionHash {
        std::size_t operator()(const Function& f) const;
    };
    /// f(x, y) = g(h(x), y).
    struct Decomposition {
        std::uint32_t bound = 0;               ///< the inputs x, one bit each
        int num_codes = 0;                     ///< bits of h
        double cost = 0;
    };

    Bit make(Function f);
    Bit make_leaf(const Function& f);
    Bit make_decomposed(const Function& f, const Decomposition& best);
    Bit make_mux(const Function& f, std::size_t place);
    double estimate(std::size_t num_inputs) const;
    std::pair<std::size_t, double> best_split(const Function& f) const;
    Decomposition best_decomposition(const Function& f) const;
    static Function cofactor_of(const Function& f, std::size_t place, bool value);
    static void reduce_support(Function& f);

    BitNetwork& network_;
    TableBitsOptions options_;
    std::unordered_map<Function, Bit, FunctionHash> known_;
};

}  // namespace lutra
