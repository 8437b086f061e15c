#pragma once

/// Proves that a chain computes a sum of the specification: what both sum up is the same form, coefficient by coefficient, modulo a power of two.

#include <optional>
#include <set>

#include "lutra/prove/chain_values.h"
#include "lutra/prove/form_samples.h"

namespace lutra {

/// A net that is a bit.
struct ProvedBit {
    Net net = 0;
    Bit bit;
};

/// A bit of a sum that has no net of its own, as an earlier node has it.
struct ProvedAlias {
    std::uint32_t node = 0;
    Bit bit;
};

struct ProvedSum {
    std::vector<ProvedBit> bits;
    std::vector<ProvedAlias> aliases;
};

class SumCheck {
public:
    /// All of them must outlive this; what is proved may grow.
    SumCheck(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, ChainValues::Deadline deadline);

    /// Bit c of the chain is bit offset + c of the sum's word, as far as both go. Bits below the chain are found to be bits of earlier chains, where
    /// they are. Nothing when that is not shown.
    std::optional<ProvedSum> prove(const SpecSum& sum, std::uint32_t chain, int offset);

    LocalFunctions& local() { return local_; }
    bool local_equal(Bit bit, Net net) { return local_.are_equal(bit, net); }
    /// What was found of chains and sums so far.
    SumCertificate& certificate() { return chains_.certificate(); }

private:
    std::optional<ProvedSum> prove(const SpecSum& sum, std::uint32_t chain, int offset, ExpandedForm& difference);
    std::size_t write_out_sum(ExactForm& form, int width, std::size_t before, std::vector<WrittenSum>& written);
    bool vanishes_written_out(ExactForm& form, int width, std::vector<WrittenSum>& written);
    /// Takes terms that are bits of the sum below the chain out of the form.
    std::vector<ProvedAlias> take_low_bits(ExactForm& form, const SpecSum& sum, int offset, std::set<int>& places) const;
    bool vanishes(const ExactForm& form, int width);
    bool vanishes_folded(ExactForm form, int width);
    bool vanishes_on(std::uint32_t domain, const std::vector<Integer>& values, int width, Integer& constant);

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    Variables variables_;
    LocalFunctions local_;
    FormSamples samples_;
    ExactForms forms_;
    ChainValues chains_;
};

}  // namespace lutra
