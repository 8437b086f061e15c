#include "lutra/prove/chain_values.h"

#include <algorithm>
#include <utility>

namespace lutra {

namespace {

/// The inputs and the table of a net, or the net itself.
struct ColumnFunction {
    std::vector<Net> inputs;
    std::uint64_t table = 0;
};

/// The value of a function for the values `address` of `nets`, among which are its inputs.
bool value_at(const ColumnFunction& f, const std::vector<Net>& nets, std::size_t address) {
    std::size_t entry = 0;
    for (std::size_t i = 0; i < f.inputs.size(); ++i) {
        const auto place = static_cast<std::size_t>(std::ranges::find(nets, f.inputs[i]) - nets.begin());
        entry |= (address >> place & 1) << i;
    }
    return (f.table >> entry & 1) != 0;
}

}  // namespace

/// What a column adds: 1 if it propagates, else 2 * generate. The carry out of the last column is not read.
Polynomial ChainValues::of_column(const FlatColumn& column, bool is_last) {
    const auto function_of = [&](Net net) {
        const NetSource& source = netlist_.nets[net];
        return source.kind == NetSource::Kind::Function ? ColumnFunction{{source.all().begin(), source.all().end()}, source.table}
                                                        : ColumnFunction{{net}, input_tables[0]};
    };
    const auto join = [](const ColumnFunction& a, const ColumnFunction& b) {
        std::vector<Net> nets = a.inputs;
        nets.insert(nets.end(), b.inputs.begin(), b.inputs.end());
        std::ranges::sort(nets);
        nets.erase(std::unique(nets.begin(), nets.end()), nets.end());
        return nets;
    };
    const ColumnFunction propagate = function_of(column.propagate);
    // The net that generates may be an input of the function that propagates.
    const ColumnFunction plain{{column.generate}, input_tables[0]};
    const ColumnFunction written_out = function_of(column.generate);
    const bool is_plain =
        is_last || std::ranges::find(propagate.inputs, column.generate) != propagate.inputs.end() || join(propagate, written_out).size() > max_table_inputs;
    const ColumnFunction& generate = is_plain ? plain : written_out;
    const std::vector<Net> nets = is_last ? join(propagate, propagate) : join(propagate, generate);
    std::vector<Integer> values;
    for (std::size_t a = 0; a < std::size_t{1} << nets.size(); ++a) {
        values.emplace_back(value_at(propagate, nets, a) ? 1 : !is_last && value_at(generate, nets, a) ? 2 : 0);
    }
    return forms_.of_values(nets, std::move(values));
}

const ChainValue& ChainValues::of(std::uint32_t number) {
    if (!values_[number]) {
        const FlatChain& chain = netlist_.chains[number];
        const auto width = static_cast<int>(chain.columns.size());
        Polynomial value = forms_.variable_of(chain.carry_in);
        if (std::chrono::steady_clock::now() > deadline_) {
            value = Polynomial::broken();
        }
        for (int c = 0; c < width && !value.is_broken(); ++c) {
            value.add(of_column(chain.columns[static_cast<std::size_t>(c)], c + 1 == width), Integer::power_of_two(c));
        }
        std::erase_if(value.terms(), [&](const auto& term) { return term.second.is_multiple_of_power_of_two(width); });
        values_[number] = ChainValue{.form = {}, .width = width, .if_unsigned = {}, .if_signed = {}, .certificate = {.chain = number}};
        settle(*values_[number], forms_.reduce(std::move(value), width));
        set_word(*values_[number]);
        if (const ChainValue& known = *values_[number]; known.if_unsigned || known.if_signed) {
            certificate_.emplace_back(known.certificate);
        }
    }
    return *values_[number];
}

std::optional<Polynomial> ChainValues::low_bit(std::uint32_t chain, std::size_t place) {
    const ExactForm& form = *of(chain).form;
    if (form.is_broken() || !form.tables.empty()) {
        return std::nullopt;
    }
    Polynomial rest = form.polynomial;
    for (std::size_t b = 0;; ++b) {
        Polynomial bit(rest.constant().bit(static_cast<int>(b)) ? 1 : 0);
        rest.add(Monomial{}, -bit.constant() << static_cast<int>(b));
        const bool is_inverted = !bit.is_zero();
        std::optional<Monomial> only;
        for (const auto& [monomial, coefficient] : rest.terms()) {
            if (coefficient.bit(static_cast<int>(b))) {
                if (only || monomial.num_variables > 1) {
                    return std::nullopt;
                }
                only = monomial;
            }
        }
        if (only) {  // the bit is x or 1 - x: takes it off
            bit.add(*only, is_inverted ? -1 : 1);
            rest.add(*only, (is_inverted ? Integer(1) : Integer(-1)) << static_cast<int>(b));
        }
        if (b == place) {
            return bit;
        }
    }
}

/// Replaces the bits of chains, the latest first, by what the chains add.
void ChainValues::expand(ExpandedForm& difference, int width) {
    auto& terms = difference.form.polynomial.terms();
    while (!difference.form.is_broken() && !terms.empty() && !terms.rbegin()->first.is_one() && variables_.is_chain_bit(terms.rbegin()->first.largest())) {
        const std::uint32_t chain = variables_.chain_of(terms.rbegin()->first.largest());
        const std::uint32_t first = variables_.of_chain_bit(chain, 0);
        std::vector<Integer> coefficients(netlist_.chains[chain].columns.size());
        while (!terms.empty() && !terms.rbegin()->first.is_one() && terms.rbegin()->first.largest() >= first) {
            const auto last = std::prev(terms.end());
            if (!last->second.is_multiple_of_power_of_two(width)) {
                if (last->first.num_variables > 1) {
                    difference.form.polynomial = Polynomial::broken();
                    return;
                }
                coefficients[last->first.largest() - first] = last->second;
            }
            terms.erase(last);
        }
        for (std::size_t b = 0; b < coefficients.size(); ++b) {  // known since the form that reads it was made
            if (const Net net = netlist_.chains[chain].columns[b].sum; proved_.bit_of(net)) {
                difference.form.polynomial.add(forms_.variable_of(net), std::exchange(coefficients[b], 0));
            }
        }
        replace(difference, chain, std::move(coefficients), width);
    }
}

/// factor * (value of the chain without its lowest bits) for factor * 2^(b - num_low) times bit b; factor and num_low are those of most bits. Others are
/// left.
void ChainValues::replace(ExpandedForm& difference, std::uint32_t chain, std::vector<Integer> coefficients, int width) {
    const auto num_bits = static_cast<int>(coefficients.size());
    struct Vote {
        std::pair<Integer, int> choice;
        int weight = 0;
    };
    std::vector<Vote> votes;
    const auto vote = [&](const Integer& coefficient, int b) {
        const int num_zeros = std::min(coefficient.trailing_zeros(), b);
        const std::pair choice(coefficient >> num_zeros, b - num_zeros);
        const auto known = std::ranges::find(votes, choice, &Vote::choice);
        Vote& counted = known == votes.end() ? votes.emplace_back(Vote{choice}) : *known;
        counted.weight += b + (b + 1 == num_bits ? 1 : 2 * num_bits);
    };
    for (int b = 0; b < num_bits; ++b) {
        const Integer& coefficient = coefficients[static_cast<std::size_t>(b)];
        const Integer reduced = coefficient.low_bits_signed(width);
        if (!coefficient.is_zero()) {
            vote(coefficient, b);
        }
        if (!reduced.is_zero() && reduced != coefficient) {
            vote(reduced, b);
        }
    }
    if (votes.empty()) {
        return;
    }
    const auto add_bit = [&](int b, const Integer& coefficient) {
        if (const Net net = netlist_.chains[chain].columns[static_cast<std::size_t>(b)].sum; proved_.bit_of(net)) {
            difference.form.polynomial.add(forms_.variable_of(net), coefficient);
        } else if (const auto bit = low_bit(chain, static_cast<std::size_t>(b))) {
            difference.form.polynomial.add(*bit, coefficient);
        } else if (!difference.writes_out_bits || !forms_.add_net(difference.form, net, coefficient)) {
            difference.leaves_local_bits = difference.leaves_local_bits || !coefficient.is_zero();
            difference.left.add(Monomial::of(variables_.of_chain_bit(chain, static_cast<std::size_t>(b))), coefficient);
        }
    };
    const ChainValue& value = of(chain);
    const auto [factor, num_low] =
        std::ranges::max_element(votes, [](const Vote& a, const Vote& b) { return a.weight == b.weight ? b.choice < a.choice : a.weight < b.weight; })->choice;
    const Integer top = factor << std::max(num_bits - 1 - num_low, 0);
    const auto agrees = [&](const Integer& a, const Integer& b) { return (a - b).is_multiple_of_power_of_two(width); };
    const bool carries_vanish = agrees(top, -top);
    const bool fits_unsigned = agrees(coefficients.back(), top);
    const bool is_signed = num_bits > 1 && agrees(coefficients.back(), -top) && !(fits_unsigned && (value.if_unsigned || !value.if_signed));
    const std::optional<ExactValue>& exact = is_signed ? value.if_signed : value.if_unsigned;
    const auto highest = std::ranges::find_if(coefficients.rbegin(), coefficients.rend(), [](const Integer& coefficient) { return !coefficient.is_zero(); });
    const bool are_low = low_bit(chain, static_cast<std::size_t>(coefficients.rend() - highest - 1)).has_value();
    const bool is_known = !value.form->is_broken() && !are_low && (carries_vanish || exact);
    const bool is_exact = exact && (difference.prefers_exact || !carries_vanish);
    difference.could_be_exact = difference.could_be_exact || (is_known && exact && !is_exact);
    const std::optional<ExactValue> high = is_known ? without_low_bits(is_exact ? *exact : ExactValue{value.form}, chain, num_low) : std::nullopt;
    if (!high) {
        const std::vector<FlatColumn>& columns = netlist_.chains[chain].columns;
        const bool are_local =
            !value.form->is_broken() && local_.support_of_net(columns[static_cast<std::size_t>(coefficients.rend() - highest - 1)].sum) != nullptr;
        for (int b = 0; b < num_bits; ++b) {
            const Integer& coefficient = coefficients[static_cast<std::size_t>(b)];
            if (are_low || are_local) {
                add_bit(b, coefficient);
            } else if (!coefficient.is_zero()) {
                difference.left.add(Monomial::of(variables_.of_chain_bit(chain, static_cast<std::size_t>(b))), coefficient);
            }
        }
        return;
    }
    difference.reads.push_back({chain, factor, num_low, is_signed, is_exact});
    difference.form.add(*high->form, factor);
    difference.form.polynomial.add(Monomial{}, high->added * factor);
    for (int b = 0; b < num_bits; ++b) {
        const Integer taken = b < num_low ? Integer(0) : is_signed && b + 1 == num_bits ? -top : factor << (b - num_low);
        if (const Integer left = (coefficients[static_cast<std::size_t>(b)] - taken).low_bits_signed(width); !left.is_zero()) {
            add_bit(b, left);
        }
    }
}

/// The value divided by 2^num_bits and rounded down, where each of the low bits is one variable.
std::optional<ExactValue> ChainValues::without_low_bits(const ExactValue& value, std::uint32_t chain, int num_bits) {
    if (num_bits == 0) {
        return value;
    }
    ExactForm result = *value.form;
    result.polynomial.add(Monomial{}, value.added);
    for (int b = 0; b < num_bits; ++b) {
        const auto bit = low_bit(chain, static_cast<std::size_t>(b));
        if (!bit) {
            return std::nullopt;
        }
        result.polynomial.add(*bit, -Integer::power_of_two(b));
    }
    bool is_divisible = true;
    const auto divide = [&](Integer& number) {
        is_divisible = is_divisible && number.is_multiple_of_power_of_two(num_bits);
        number = number >> num_bits;
    };
    for (auto& [monomial, coefficient] : result.polynomial.terms()) {
        divide(coefficient);
    }
    for (auto& [domain, values] : result.tables) {
        std::ranges::for_each(values, divide);
    }
    return is_divisible ? std::optional(ExactValue{std::make_shared<const ExactForm>(std::move(result))}) : std::nullopt;
}

}  // namespace lutra
