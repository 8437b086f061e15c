#pragma once

/// The sum of a neuron as a heap of bits: shifted words that are never negative, and one constant in which signs, biases and corrections end.

#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/row_plan.h"
#include "lutra/netlist/bit_network.h"

namespace lutra {

/// Bits of weight 2^low, 2^(low + 1), ...; a bit that is the constant 0 takes no place.
struct HeapWord {
    int low = 0;
    BitWord bits;
    Integer max_value = 0;  ///< of the whole word, weights included
};

/// Collects terms and adds them up in rows.
///
///     a signed, of width w:   a = u - 2^(w-1),       u: the bits of a with the highest inverted
///     -a:                     -a = u - 2^(w-1) + 1,  u: the bits of a, all but the highest inverted
///     -a, a not signed:       -a = u - (2^w - 1),    u: the bits of a, all inverted
class BitHeap {
public:
    /// A sum modulo 2^window.
    BitHeap(BitNetwork& network, int window) : network_(network), window_(window) {}

    /// Adds coefficient * word. The word has the bits of a two's complement number when `is_signed`, and its raw value is proved to lie in the interval.
    void add(const BitWord& word, bool is_signed, const Interval& interval, const Integer& coefficient);
    void add_constant(const Integer& value) { constant_ += value; }

    /// The sum: `window` bits, lowest first.
    BitWord sum(bool has_ternary_rows, RowPlans& plans) &&;

private:
    void add_digit(const BitWord& word, bool is_signed, const Interval& interval, int shift, bool is_negative);
    BitWord sum_of_wide_words(bool has_ternary_rows);
    HeapWord add_row(std::span<const HeapWord* const> words, const Integer& constant);

    BitNetwork& network_;
    int window_;
    std::vector<HeapWord> words_;
    Integer constant_ = 0;
};

}  // namespace lutra
