#pragma once

/// The sum of a neuron as a heap of bits: shifted words that are never negative, and one constant in which signs, biases and corrections end.

#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/bit_times.h"
#include "lutra/map/fast_sum.h"
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
    BitHeap(BitNetwork& network, int window) : network_(network), window_(window), largest_(Integer::power_of_two(window) - Integer(1)) {}

    /// Adds coefficient * word. The word has the bits of a two's complement number when `is_signed`, and its raw value is proved to lie in the interval.
    void add(const BitWord& word, bool is_signed, const Interval& interval, const Integer& coefficient);
    void add_constant(const Integer& value) { constant_ += value; }

    /// The sum in the fewest cells: `window` bits, lowest first.
    BitWord sum(bool has_ternary_rows, RowPlans& plans) &&;

    /// The sum in the least time, with counters or without; in the fewest cells where that is as fast.
    BitWord fast_sum(bool has_ternary_rows, RowPlans& plans, BitTimes& times, bool has_counters) &&;

private:
    void add_digit(const BitWord& word, bool is_signed, const Interval& interval, int shift, bool is_negative);
    SumProfile profile(bool has_ternary_rows) const;
    BitWord sum_of_wide_words(bool has_ternary_rows);
    BitWord sum_by(const RowPlan& plan);
    BitWord sum_by(const FastSum& fast, std::vector<Bit> bits);
    /// The bits of the words by column, numbered in the order in which they are appended to `bits`.
    HeapColumns columns(BitTimes& times, std::vector<Bit>& bits) const;
    HeapWord add_row(std::span<const HeapWord* const> words, const Integer& constant);

    BitNetwork& network_;
    int window_;
    Integer largest_;  ///< that the window holds
    std::vector<HeapWord> words_;
    Integer constant_ = 0;
};

}  // namespace lutra
