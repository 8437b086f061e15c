#include "lutra/prove/sum_check.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lutra {

SumCheck::SumCheck(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved)
    : spec_(spec), netlist_(netlist), proved_(proved), variables_(spec, netlist), local_(circuit, spec, netlist, proved), forms_(spec, netlist, proved, variables_, local_),
      chains_(netlist, proved, variables_, forms_, local_) {}

/// The sum less 2^offset times the chain has to be a number below 2^offset: bits of other chains of different weights.
std::optional<ProvedSum> SumCheck::prove(const SpecSum& sum, std::uint32_t chain, int offset) {
    const BitWord& word = spec_.word(sum.wire);
    const auto num_columns = static_cast<int>(netlist_.chains[chain].columns.size());
    const int width = std::min(sum.width, offset + num_columns);
    ExpandedForm difference{forms_.of_sum(sum), {}};
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
    bool is_equal = vanishes(difference.form, width) || (write_out_sums(difference.form, width) && vanishes(difference.form, width));
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
    return proved;
}

/// The netlist may make a sum from another one of the specification: writes such words out, the latest first, by what they sum up.
bool SumCheck::write_out_sums(ExactForm& form, int width) {
    bool has_changed = false;
    for (std::size_t before = spec_.sums().size(); before > 0;) {
        std::optional<std::size_t> latest;
        for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
            const SpecNode* node = monomial.num_variables == 1 && variables_.is_node(monomial.largest()) ? &spec_.nodes()[monomial.largest()] : nullptr;
            if (node != nullptr && node->kind == SpecNode::Kind::SumBit && node->sum < before) {
                latest = std::max<std::size_t>(latest.value_or(0), node->sum);
            }
        }
        if (!latest) {
            break;
        }
        before = *latest;
        const SpecSum& sum = spec_.sums()[before];
        // A bit in the middle says which multiple of the word it is: low bits may have gone elsewhere, and of high ones the modulus hides the factor.
        const int middle = sum.low + (sum.num_bits - 1) / 2;
        const Integer there = form.polynomial.coefficient(Monomial::of(sum.first_node + static_cast<std::uint32_t>(middle - sum.low)));
        if (there.is_zero() || !there.low_bits(middle).is_zero()) {
            continue;
        }
        const Integer factor = there >> middle;
        const int num_bits = sum.low + sum.num_bits;
        if (!sum.is_exact && !(factor << sum.width).low_bits(width).is_zero()) {
            continue;
        }
        for (int b = 0; b < num_bits; ++b) {
            const Integer weight = factor << b;
            forms_.add(form, spec_.word(sum.wire)[static_cast<std::size_t>(b)], sum.has_sign && b + 1 == num_bits ? weight : -weight);
        }
        form.add(forms_.of_sum(sum), factor);
        has_changed = true;
    }
    return has_changed;
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
bool SumCheck::vanishes(ExactForm form, int width) {
    form.polynomial.reduce_modulo(width);
    Integer constant = form.polynomial.constant();
    std::erase_if(form.tables, [&](const auto& table) { return vanishes_on(local_.cut_points(table.first), table.second, width, constant); });
    form.polynomial.add(Monomial{}, constant - form.polynomial.constant());
    forms_.fold(form, false);
    constant = form.polynomial.constant();
    const bool are_constant = std::ranges::all_of(form.tables, [&](const auto& table) { return vanishes_on(local_.cut_points(table.first), table.second, width, constant); });
    return are_constant && std::ranges::all_of(form.polynomial.terms(), [](const auto& term) { return term.first.is_one(); }) && constant.low_bits(width).is_zero();
}

/// Whether the values differ by multiples of 2^width only, for assignments that can occur; then adds them to the constant.
bool SumCheck::vanishes_on(const Support& cut_points, const std::vector<Integer>& values, int width, Integer& constant) const {
    std::optional<Integer> common;
    for (std::size_t a = 0; a < values.size(); ++a) {
        if ((!common || !(values[a] - *common).low_bits(width).is_zero()) && local_.can_occur(cut_points, a)) {
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
