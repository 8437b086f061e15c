#pragma once

/// How sums were proved, step by step, so that a reader who knows nothing of this prover can check it: tools/certificate/check_sums.py reads the text form.

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "lutra/circuit/primitive.h"

namespace lutra {

/// The bits of a chain from bit `num_low` on, `factor` times what they count, have been replaced by what the chain adds.
struct ChainRead {
    std::uint32_t chain = 0;
    Integer factor = 0;
    int num_low = 0;
    bool is_signed = false;  ///< the highest bit counts negative
    bool is_exact = false;   ///< by the exact value of the chain, and not only modulo 2^width
};

/// 2^shift times the value of a chain, after these reads, has a range that shows the value exactly.
struct ExactChain {
    std::uint32_t chain = 0;
    int shift = 0;
    std::vector<ChainRead> reads = {};
};

/// A word of the circuit has been replaced, `factor` times, by what it sums up.
struct WrittenSum {
    Wire sum = {};
    Integer factor = 0;
};

/// The sum less 2^offset times the chain is a number below 2^offset, after these steps.
struct CertifiedSum {
    Wire sum = {};
    std::uint32_t chain = 0;
    int offset = 0;
    std::vector<ChainRead> reads = {};
    std::vector<WrittenSum> written = {};
};

/// In the order in which they were found: each builds on those before.
using SumCertificate = std::vector<std::variant<ExactChain, CertifiedSum>>;

/// One fact a line, its steps behind it. Chains are called by the net of their first sum bit, sums by their wire in circuit.lutra. Those without a name, of one
/// bit that passes a net on, are left out.
///
///     lutra certificate 1
///     chain o_3[0] shift 0 reads { o_1[0] * 4 from 1 signed exact; o_0[0] * 2 from 0 unsigned modular }
///     sum %30 chain o_3[0] offset 2 reads { } written { %29 * -1 }
std::string print(const SumCertificate& certificate, const std::function<std::string(std::uint32_t)>& chain_name);

}  // namespace lutra
