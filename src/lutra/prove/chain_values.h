#pragma once

/// What carry chains compute, as exact forms.
///
/// Each bit of a chain obeys sum + 2 * carry_out = carry_in + v, where v = 1 if it propagates and 2 * generate if not, whatever its tables are. So a
/// whole chain of n bits computes v_0 + 2 v_1 + 4 v_2 + ... + carry_in modulo 2^n. The range of that form shows how often 2^n is left out.

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "lutra/prove/form_range.h"
#include "lutra/prove/sum_certificate.h"

namespace lutra {

/// form + added.
struct ExactValue {
    std::shared_ptr<const ExactForm> form;
    Integer added = 0;
    Interval range = {};
};

/// The value of a chain's sum bits, as forms of cut points and bits of earlier chains.
struct ChainValue {
    std::shared_ptr<const ExactForm> form;  ///< the value modulo 2^width
    int width = 0;
    std::optional<ExactValue> if_unsigned;  ///< the value exactly, where the range shows it: its bits taken for a number that is not negative
    std::optional<ExactValue> if_signed;    ///< the same for two's complement
    CutWord word = {};                      ///< as others read it
    ExactChain certificate = {};            ///< how the range was found
};

/// A form in which bits of chains have been replaced by what the chains add; some bits may be left.
struct ExpandedForm {
    ExactForm form;
    Polynomial left;
    bool prefers_exact = false;         ///< where the value modulo a power of two would do, too
    bool writes_out_bits = false;       ///< bits that would be left become functions of cut points where they are local
    std::vector<ChainRead> reads = {};  ///< what has been replaced
    bool could_be_exact = false;        ///< with prefers_exact some value would have been
    bool leaves_local_bits = false;     ///< bits have been left that writes_out_bits might have written out
};

class ChainValues {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    /// All of them must outlive this. Of chains that are first asked for after the deadline nothing is known.
    ChainValues(const FlatNetlist& netlist, const Correspondence& proved, const Variables& variables, ExactForms& forms, LocalFunctions& local,
                Deadline deadline)
        : netlist_(netlist),
          proved_(proved),
          variables_(variables),
          forms_(forms),
          local_(local),
          deadline_(deadline),
          values_(netlist.chains.size()),
          ranges_(local, [this](std::uint32_t variable) { return ranged_bit(variable); }) {}
    ChainValues(const ChainValues&) = delete;
    ChainValues& operator=(const ChainValues&) = delete;

    /// The value of a chain; to be asked for when all that the chain reads is proved.
    const ChainValue& of(std::uint32_t chain);
    /// What is known of chains, in the order in which it was found.
    SumCertificate& certificate() { return certificate_; }
    /// The bit of the chain, where it is one variable or its inverse: as long as no two terms of the form meet.
    std::optional<Polynomial> low_bit(std::uint32_t chain, std::size_t place);
    /// Replaces the bits of chains, the latest first, modulo 2^width.
    void expand(ExpandedForm& form, int width);

private:
    Polynomial of_column(const FlatColumn& column, bool is_last);
    void replace(ExpandedForm& form, std::uint32_t chain, std::vector<Integer> coefficients, int width);
    void settle(ChainValue& value, ExactForm form);
    static void set_word(ChainValue& value);
    void orient_signs(ExactForm& form, int width);
    void settle_in_other_form(ChainValue& value);
    void set_exact_by_multiple(ChainValue& value);
    static bool set_range(ChainValue& value, const Interval& range);
    static void set_form(ChainValue& value, const std::shared_ptr<const ExactForm>& form);
    std::optional<ExactValue> without_low_bits(const ExactValue& value, std::uint32_t chain, int num_bits);
    void narrow_tables(ExactForm& form, int width) const;
    Interval narrow_terms(ExactForm& form, int width);
    void ask_chains(const ExactForm& form);
    Interval range(const ExactForm& form);
    RangedBit ranged_bit(std::uint32_t variable) const;
    /// written = factor * form, with chains replaced by what they add.
    std::vector<ChainRead> write_out_chains(const ExactForm& form, const Integer& factor, int width, ExactForm& written);
    void fold_words(ExactForm& form, int width);

    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    const Variables& variables_;
    ExactForms& forms_;
    LocalFunctions& local_;
    Deadline deadline_;
    std::vector<std::optional<ChainValue>> values_;
    FormRanges ranges_;
    SumCertificate certificate_;
};

}  // namespace lutra
