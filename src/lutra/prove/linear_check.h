#pragma once

/// Proves that nets are the bits of a sum, by exact linear forms.
///
/// Each bit of a carry chain obeys sum + 2 * carry_out = carry_in + v, where v = 1 if it propagates and 2 * generate if not, whatever its tables are. So a
/// whole chain of n bits computes v_0 + 2 v_1 + 4 v_2 + ... + carry_in modulo 2^n. As polynomials of the bits that are already known, parities and
/// majorities cancel from column to column and what is left has to be the sum of the specification, coefficient by coefficient.

#include <span>

#include "lutra/prove/correspondence.h"
#include "lutra/prove/polynomial.h"

namespace lutra {

class LinearCheck {
public:
    /// All of them must outlive this; what is proved may grow.
    LinearCheck(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved);

    /// Whether the bits of the sum that were found to be other bits are known by now. If not, no net can be proved to be one of them.
    bool knows_low_bits(const SpecSum& sum) const;

    /// Whether nets[b] is bit b of the sum's word, for all b whose net is not no_net. From sum.low on those must be one run, and at least one.
    bool prove(const SpecSum& sum, std::span<const Net> nets);

    /// To be called when the net has been proved to be something.
    void forget(Net net) { of_net_[net].reset(); }

    /// Forgets what was worked out from nets before they were proved to be something. Functions of up to so many terms are written out even where a net stands
    /// for them: the LUTs of rows may hold copies. Which multiple of a chain a sum holds is read from its lowest bit, or from most of its bits.
    void refresh(std::size_t max_small_terms, bool by_majority);

private:
    /// What the bits of a chain make, as a number: the value modulo 2^(number of columns); and exactly, where its range is known.
    struct ChainValue {
        Polynomial value;
        std::optional<Polynomial> if_unsigned;
        std::optional<Polynomial> if_signed;
    };
    /// The operands of the sum that is being proved: their values bound those of chains.
    struct Word {
        std::vector<Polynomial> bits;
        bool is_signed = false;
        Interval interval;
    };

    /// A value and its range; the bits of `free_signs` count half of the modulus more or less.
    struct ValueRange {
        Polynomial value;
        Interval range;
        std::vector<Polynomial> free_signs;
    };

    Polynomial of_bit(Bit bit);
    Polynomial of_choice(std::uint32_t n, const SpecNode& node);
    const Polynomial& of_node(std::uint32_t node);
    const Polynomial& of_net(Net net);
    Polynomial of_values(std::span<const Net> inputs, std::vector<Integer> values);
    Polynomial of_column(const FlatColumn& column, bool is_last);
    ChainValue& value_of(std::uint32_t chain);
    void find_range(std::uint32_t chain, ChainValue& value);
    void settle_range(const ValueRange& found, int width, ChainValue& chain) const;
    void eliminate_chains(Polynomial& polynomial);
    void replace_chain(Polynomial& polynomial, std::uint32_t chain, std::vector<Integer> coefficients);
    void write_out_sums(Polynomial& polynomial);
    void write_out(Polynomial& polynomial, const SpecSum& sum);
    Polynomial shifted_word(const Word& word, std::size_t first) const;
    void set_words(const SpecSum& sum);

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    // Variables: nodes of the specification, then two carries out per chain, then the sums of the chains in the order of computation.
    std::size_t max_small_terms_ = 0;
    bool by_majority_ = false;
    std::uint32_t first_carry_ = 0;
    std::uint32_t first_sum_ = 0;
    std::vector<std::uint32_t> first_sum_of_;  ///< per chain
    std::vector<std::uint32_t> chain_of_sum_;
    std::vector<std::optional<Polynomial>> of_node_;
    std::vector<std::optional<Polynomial>> of_net_;
    std::vector<std::optional<ChainValue>> of_chain_;
    std::vector<Word> words_;
    Polynomial parked_;  ///< multiples of sums that stay as they are
};

}  // namespace lutra
