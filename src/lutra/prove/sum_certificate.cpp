#include "lutra/prove/sum_certificate.h"

#include <fmt/format.h>

#include "lutra/num/integer.h"

namespace lutra {

namespace {

using ChainName = std::function<std::string(std::uint32_t)>;

std::string print(const std::vector<ChainRead>& reads, const ChainName& chain_name) {
    std::string text = " reads {";
    for (const ChainRead& read : reads) {
        text += fmt::format(" {} * {} from {} {} {};", chain_name(read.chain), read.factor.to_string(), read.num_low, read.is_signed ? "signed" : "unsigned",
                            read.is_exact ? "exact" : "modular");
    }
    return text + " }";
}

std::string print(const ExactChain& fact, const ChainName& chain_name) {
    return fmt::format("chain {} shift {}{}\n", chain_name(fact.chain), fact.shift, print(fact.reads, chain_name));
}

std::string print(const CertifiedSum& fact, const ChainName& chain_name) {
    std::string text =
        fmt::format("sum %{} chain {} offset {}{} written {{", fact.sum.index, chain_name(fact.chain), fact.offset, print(fact.reads, chain_name));
    for (const WrittenSum& written : fact.written) {
        text += fmt::format(" %{} * {};", written.sum.index, written.factor.to_string());
    }
    return text + " }\n";
}

}  // namespace

std::string print(const SumCertificate& certificate, const ChainName& chain_name) {
    std::string text = "lutra certificate 1\n";
    for (const auto& fact : certificate) {
        text += std::visit([&](const auto& known) { return chain_name(known.chain).empty() ? "" : print(known, chain_name); }, fact);
    }
    return text;
}

}  // namespace lutra
