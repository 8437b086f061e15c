#include "lutra/prove/sum_check.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lutra {

SumCheck::SumCheck(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, ChainValues::Deadline deadline)
    : spec_(spec),
      netlist_(netlist),
      variables_(spec, netlist),
      local_(circuit, spec, netlist, proved),
      samples_(variables_, local_),
      forms_(spec, netlist, proved, variables_, local_),
      chains_(netlist, proved, variables_, forms_, local_, deadline) {}

std::optional<ProvedSum> SumCheck::prove(const SpecSum& sum, std::uint32_t chain, int offset) {
    ExpandedForm difference;
    auto proof = prove(sum, chain, offset, difference);
    if (!proof && difference.could_be_exact) {
        difference = {.form = {}, .left = {}, .prefers_exact = true};
        proof = prove(sum, chain, offset, difference);
    }
    if (!proof && difference.leaves_local_bits) {
        difference = {.form = {}, .left = {}, .prefers_exact = true, .writes_out_bits = true};
        proof = prove(sum, chain, offset, difference);
    }
    return proof;
}

/// The sum less 2^offset times the chain has to be a number below 2^offset: bits of other chains of different weights.
std::optional<ProvedSum> SumCheck::prove(const SpecSum& sum, std::uint32_t chain, int offset, ExpandedForm& difference) {
    const BitWord& word = spec_.word(sum.wire);
    const auto num_columns = static_cast<int>(netlist_.chains[chain].columns.size());
    const int width = std::min(sum.width, offset + num_columns);
    difference.form = forms_.of_sum(sum);
    for (int c = 0; c < num_columns; ++c) {
        difference.form.polynomial.add(Monomial::of(variables_.of_chain_bit(chain, static_cast<std::size_t>(c))), -Integer::power_of_two(offset + c));
    }
    chains_.expand(difference, width);
    if (difference.form.is_broken()) {
        return std::nullopt;
    }
    ProvedSum proved;
    std::set<int> places;
    for (const auto& [monomial, coefficient] : difference.left.terms()) {
        const int place = coefficient.trailing_zeros();
        const bool is_inverted = coefficient.sign() < 0;  // -x = (1 - x) - 1
        const bool is_bit = coefficient.abs() == Integer::power_of_two(place) && place < offset && places.insert(place).second;
        if (!is_bit) {
            return std::nullopt;
        }
        proved.bits.push_back({variables_.net(monomial.largest()), word[static_cast<std::size_t>(place)].inverted_if(is_inverted)});
        difference.form.polynomial.add(Monomial{}, is_inverted ? coefficient : Integer(0));
    }
    for (int b = 0; b < std::min(offset, sum.low); ++b) {
        if (!places.contains(b)) {
            forms_.add(difference.form, word[static_cast<std::size_t>(b)], -Integer::power_of_two(b));
        }
    }
    CertifiedSum certificate{.sum = sum.wire, .chain = chain, .offset = offset, .reads = difference.reads, .written = {}};
    bool is_equal = vanishes_written_out(difference.form, width, certificate.written);
    if (!is_equal) {
        difference.form.polynomial.reduce_modulo(width);
        proved.aliases = take_low_bits(difference.form, sum, offset, places);
        is_equal = !proved.aliases.empty() && vanishes(difference.form, width);
    }
    if (!is_equal) {
        return std::nullopt;
    }
    for (int c = 0; offset + c < width; ++c) {
        proved.bits.push_back({netlist_.chains[chain].columns[static_cast<std::size_t>(c)].sum, word[static_cast<std::size_t>(offset + c)]});
    }
    chains_.certificate().emplace_back(std::move(certificate));
    return proved;
}

/// The netlist may make a sum from another one of the specification: writes such a word out, the latest before `before`, by what it sums up. The number of
/// its sum; 0 when there is none.
std::size_t SumCheck::write_out_sum(ExactForm& form, int width, std::size_t before, std::vector<WrittenSum>& written) {
    std::optional<std::size_t> latest;
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        const SpecNode* node = monomial.num_variables == 1 && variables_.is_node(monomial.largest()) ? &spec_.nodes()[monomial.largest()] : nullptr;
        if (node != nullptr && node->kind == SpecNode::Kind::SumBit && node->sum < before) {
            latest = std::max<std::size_t>(latest.value_or(0), node->sum);
        }
    }
    if (!latest) {
        return 0;
    }
    const SpecSum& sum = spec_.sums()[*latest];
    // A bit in the middle says which multiple of the word it is: low bits may have gone elsewhere, and of high ones the modulus hides the factor.
    const int middle = sum.low + std::max(std::min(sum.num_bits, width - sum.low) - 1, 0) / 2;
    const Integer there = form.polynomial.coefficient(Monomial::of(sum.first_node + static_cast<std::uint32_t>(middle - sum.low))).low_bits_signed(width);
    const Integer factor = there >> middle;
    const bool is_multiple =
        !there.is_zero() && there.is_multiple_of_power_of_two(middle) && (sum.is_exact || (factor << sum.width).is_multiple_of_power_of_two(width));
    if (!is_multiple) {
        return *latest;
    }
    const int num_bits = sum.low + sum.num_bits;
    for (int b = 0; b < num_bits; ++b) {
        const Integer weight = factor << b;
        forms_.add(form, spec_.word(sum.wire)[static_cast<std::size_t>(b)], sum.has_sign && b + 1 == num_bits ? weight : -weight);
    }
    form.add(forms_.of_sum(sum), factor);
    written.push_back({sum.wire, factor});
    return *latest;
}

/// Whether the form vanishes, as it is or with words written out.
bool SumCheck::vanishes_written_out(ExactForm& form, int width, std::vector<WrittenSum>& written) {
    constexpr int max_words = 24;
    std::size_t before = spec_.sums().size();
    for (int i = 0; i < max_words; ++i) {
        if (vanishes(form, width)) {
            return true;
        }
        if (before = write_out_sum(form, width, before, written); before == 0) {
            return false;
        }
    }
    return false;
}

std::vector<ProvedAlias> SumCheck::take_low_bits(ExactForm& form, const SpecSum& sum, int offset, std::set<int>& places) const {
    std::vector<ProvedAlias> found;
    std::vector<std::pair<Monomial, Integer>> taken;
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        const int place = coefficient.trailing_zeros();
        const bool is_bit = monomial.num_variables == 1 && place >= sum.low && place < offset && coefficient.abs() == Integer::power_of_two(place);
        if (is_bit && places.insert(place).second) {
            found.push_back({sum.first_node + static_cast<std::uint32_t>(place - sum.low), Bit::of(monomial.largest(), coefficient.sign() < 0)});
            taken.emplace_back(monomial, coefficient);
        }
    }
    for (const auto& [monomial, coefficient] : taken) {
        form.polynomial.add(monomial, -coefficient);
        form.polynomial.add(Monomial{}, coefficient.sign() < 0 ? coefficient : Integer(0));
    }
    return found;
}

/// Whether the form is 0 modulo 2^width for all values that can occur.
bool SumCheck::vanishes(const ExactForm& form, int width) { return samples_.may_vanish(form, width) && vanishes_folded(form, width); }

bool SumCheck::vanishes_folded(ExactForm form, int width) {
    form.polynomial.reduce_modulo(width);
    Integer constant = form.polynomial.constant();
    std::erase_if(form.tables, [&](const auto& table) { return vanishes_on(table.first, table.second, width, constant); });
    form.polynomial.add(Monomial{}, constant - form.polynomial.constant());
    forms_.fold(form, Folded::All);
    constant = form.polynomial.constant();
    const bool are_constant = std::ranges::all_of(form.tables, [&](const auto& table) { return vanishes_on(table.first, table.second, width, constant); });
    return are_constant && std::ranges::all_of(form.polynomial.terms(), [](const auto& term) { return term.first.is_one(); }) &&
           constant.is_multiple_of_power_of_two(width);
}

/// Whether the values differ by multiples of 2^width only, for assignments that can occur; then adds them to the constant.
bool SumCheck::vanishes_on(std::uint32_t domain, const std::vector<Integer>& values, int width, Integer& constant) {
    std::optional<Integer> common;
    for (std::size_t a = 0; a < values.size(); ++a) {
        if ((!common || !(values[a] - *common).is_multiple_of_power_of_two(width)) && local_.can_occur(domain, a)) {
            if (common) {
                return false;
            }
            common = values[a];
        }
    }
    constant += common.value_or(Integer(0));
    return true;
}

}  // namespace lutra
