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

    /// Whether nets[b] is bit b of the sum's word, for all b whose net is not no_net. From sum.low on those must be one run, and at least one.
    bool prove(const SpecSum& sum, std::span<const Net> nets);

    /// Forgets what was worked out from nets before they were proved to be something.
    void refresh();

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

    Polynomial of_bit(Bit bit);
    const Polynomial& of_node(std::uint32_t node);
    const Polynomial& of_net(Net net);
    Polynomial of_values(std::span<const Net> inputs, std::vector<Integer> values);
    Polynomial of_column(const FlatColumn& column, bool is_last);
    ChainValue& value_of(std::uint32_t chain);
    void find_range(std::uint32_t chain, ChainValue& value);
    void eliminate_chains(Polynomial& polynomial);
    void replace_chain(Polynomial& polynomial, std::uint32_t chain, std::vector<Integer> coefficients);
    Polynomial shifted_word(const Word& word, std::size_t first) const;
    void set_words(const SpecSum& sum);

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    // Variables: nodes of the specification, then two carries out per chain, then the sums of the chains in the order of computation.
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
