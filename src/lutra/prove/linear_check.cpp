#include "lutra/prove/linear_check.h"

#include <algorithm>

namespace lutra {

namespace {

/// The inputs and the table of a net, or the net itself.
struct LocalFunction {
    std::vector<Net> inputs;
    std::uint64_t table = 0;
};

/// The value of a function for the values `address` of `nets`, among which are its inputs.
bool value_at(const LocalFunction& f, const std::vector<Net>& nets, std::size_t address) {
    std::size_t entry = 0;
    for (std::size_t i = 0; i < f.inputs.size(); ++i) {
        const auto place = static_cast<std::size_t>(std::ranges::find(nets, f.inputs[i]) - nets.begin());
        entry |= (address >> place & 1) << i;
    }
    return (f.table >> entry & 1) != 0;
}

}  // namespace

LinearCheck::LinearCheck(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved)
    : spec_(spec), netlist_(netlist), proved_(proved), first_carry_(static_cast<std::uint32_t>(spec.nodes().size())),
      first_sum_(static_cast<std::uint32_t>(first_carry_ + 2 * netlist.chains.size())), of_node_(spec.nodes().size()), of_net_(netlist.nets.size()),
      of_chain_(netlist.chains.size()) {
    for (std::uint32_t chain = 0; chain < netlist.chains.size(); ++chain) {
        first_sum_of_.push_back(static_cast<std::uint32_t>(first_sum_ + chain_of_sum_.size()));
        chain_of_sum_.insert(chain_of_sum_.end(), netlist.chains[chain].columns.size(), chain);
    }
}

void LinearCheck::refresh(std::size_t max_small_terms, bool by_majority) {
    by_majority_ = by_majority;
    max_small_terms_ = max_small_terms;
    of_net_.assign(of_net_.size(), std::nullopt);
    of_chain_.assign(of_chain_.size(), std::nullopt);
    of_node_.assign(of_node_.size(), std::nullopt);
}

Polynomial LinearCheck::of_bit(Bit bit) {
    Polynomial result(bit.is_inverted() ? 1 : 0);
    result.add(of_node(bit.node()), bit.is_inverted() ? -1 : 1);
    return result;
}

const Polynomial& LinearCheck::of_node(std::uint32_t n) {
    if (!of_node_[n]) {
        const SpecNode& node = spec_.nodes()[n];
        if (node.kind == SpecNode::Kind::Constant) {
            of_node_[n] = Polynomial();
        } else if (node.kind == SpecNode::Kind::Choice) {
            of_node_[n] = proved_.is_cut(n) && max_small_terms_ == 0 ? Polynomial::variable(n) : of_choice(n, node);
        } else {
            of_node_[n] = Polynomial::variable(n);
        }
    }
    return *of_node_[n];
}

/// A small function may be written out even where a net stands for it.
Polynomial LinearCheck::of_choice(std::uint32_t n, const SpecNode& node) {
    constexpr std::size_t max_open_terms = 512;
    Polynomial result = of_bit(node.if_zero);
    Polynomial difference = of_bit(node.if_one);
    difference.add(result, -1);
    result.add(Polynomial::product(of_bit(node.selector), difference), 1);
    const std::size_t size = result.is_broken() ? max_open_terms + 1 : result.terms().size();
    if (proved_.is_cut(n) && size > max_small_terms_) {
        return Polynomial::variable(n);
    }
    return size > max_open_terms ? Polynomial::broken() : result;
}

const Polynomial& LinearCheck::of_net(Net net) {
    if (!of_net_[net]) {
        const NetSource& source = netlist_.nets[net];
        if (const auto bit = proved_.bit_of(net)) {
            of_net_[net] = of_bit(*bit);
        } else if (source.kind == NetSource::Kind::Constant) {
            of_net_[net] = Polynomial(Integer(static_cast<std::int64_t>(source.table)));
        } else if (source.kind == NetSource::Kind::ChainSum) {
            of_net_[net] = Polynomial::variable(first_sum_of_[source.chain] + source.place);
        } else {
            std::vector<Integer> values;
            for (std::size_t a = 0; a < std::size_t{1} << source.num_inputs; ++a) {
                values.emplace_back(static_cast<std::int64_t>(source.table >> a & 1));
            }
            of_net_[net] = of_values(source.all(), std::move(values));
        }
    }
    return *of_net_[net];
}

/// The polynomial that takes the value values[a] where the inputs are the bits of a: f(x, ...) = f(0, ...) + x * (f(1, ...) - f(0, ...)).
Polynomial LinearCheck::of_values(std::span<const Net> inputs, std::vector<Integer> values) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::size_t a = 0; a < values.size(); ++a) {
            if ((a >> i & 1) != 0) {
                values[a] -= values[a ^ (std::size_t{1} << i)];
            }
        }
    }
    // A product is needed for its own coefficient and as a factor of longer ones.
    std::vector<bool> is_needed(values.size());
    for (std::size_t a = values.size(); a-- > 0;) {
        is_needed[a] = is_needed[a] || !values[a].is_zero();
        if (is_needed[a] && a != 0) {
            is_needed[a ^ std::bit_floor(a)] = true;
        }
    }
    Polynomial result;
    std::vector<Polynomial> products(values.size());
    for (std::size_t a = 0; a < values.size(); ++a) {
        if (!is_needed[a]) {
            continue;
        }
        const std::size_t without_highest = a == 0 ? 0 : a ^ std::bit_floor(a);
        products[a] = a == 0 ? Polynomial(1) : Polynomial::product(products[without_highest], of_net(inputs[static_cast<std::size_t>(std::bit_width(a) - 1)]));
        result.add(products[a], values[a]);
        if (products[a].is_broken()) {
            return Polynomial::broken();
        }
    }
    return result;
}

/// What a column adds: 1 if it propagates, else 2 * generate. The carry out of the last column is not read.
Polynomial LinearCheck::of_column(const FlatColumn& column, bool is_last) {
    const auto local = [&](Net net) {
        const NetSource& source = netlist_.nets[net];
        const bool is_open = source.kind == NetSource::Kind::Function && !proved_.bit_of(net);
        return is_open ? LocalFunction{{source.all().begin(), source.all().end()}, source.table} : LocalFunction{{net}, input_tables[0]};
    };
    const LocalFunction propagate = local(column.propagate);
    LocalFunction generate = local(column.generate);
    const auto join = [&](const LocalFunction& added) {
        std::vector<Net> nets = propagate.inputs;
        std::ranges::copy_if(added.inputs, std::back_inserter(nets), [&](Net net) { return std::ranges::find(nets, net) == nets.end(); });
        return nets;
    };
    if (is_last) {
        return of_net(column.propagate);
    }
    if (join(generate).size() > max_table_inputs) {
        generate = {{column.generate}, input_tables[0]};
    }
    std::vector<Net> nets = join(generate);
    std::ranges::sort(nets);
    nets.erase(std::unique(nets.begin(), nets.end()), nets.end());
    std::vector<Integer> values;
    for (std::size_t a = 0; a < std::size_t{1} << nets.size(); ++a) {
        values.emplace_back(value_at(propagate, nets, a) ? 1 : value_at(generate, nets, a) ? 2 : 0);
    }
    return of_values(nets, std::move(values));
}

LinearCheck::ChainValue& LinearCheck::value_of(std::uint32_t number) {
    if (!of_chain_[number]) {
        const FlatChain& chain = netlist_.chains[number];
        const int width = static_cast<int>(chain.columns.size());
        Polynomial value = of_net(chain.carry_in);
        for (int c = 0; c < width; ++c) {
            value.add(of_column(chain.columns[static_cast<std::size_t>(c)], c + 1 == width), Integer::power_of_two(c));
        }
        // Products that are 0 modulo 2^width come from the last column, which knows the parity only.
        std::erase_if(value.terms(), [&](const auto& term) { return term.first.num_variables > 1 && term.second.low_bits(width).is_zero(); });
        eliminate_chains(value);
        of_chain_[number] = ChainValue{std::move(value), std::nullopt, std::nullopt};
    }
    ChainValue& value = *of_chain_[number];
    if (!value.if_unsigned && !value.if_signed && !value.value.is_broken()) {
        find_range(number, value);
    }
    return value;
}

/// Replaces the sums of chains, highest first, by what the chains add.
void LinearCheck::eliminate_chains(Polynomial& polynomial) {
    auto& terms = polynomial.terms();
    while (!polynomial.is_broken() && !terms.empty() && terms.rbegin()->first.num_variables > 0 && terms.rbegin()->first.largest() >= first_sum_) {
        const std::uint32_t chain = chain_of_sum_[terms.rbegin()->first.largest() - first_sum_];
        std::vector<Integer> coefficients(netlist_.chains[chain].columns.size());
        while (!terms.empty() && terms.rbegin()->first.num_variables > 0 && terms.rbegin()->first.largest() >= first_sum_of_[chain]) {
            const auto last = std::prev(terms.end());
            if (last->first.num_variables > 1) {
                polynomial = Polynomial::broken();
                return;
            }
            coefficients[last->first.largest() - first_sum_of_[chain]] = last->second;
            terms.erase(last);
        }
        replace_chain(polynomial, chain, std::move(coefficients));
    }
    polynomial.add(parked_, 1);
    parked_ = Polynomial();
}

/// factor * (sum of the chain) for factor * 2^b times bit b; the factor is that of the lowest bit, or of most bits. Bits that are known stand in the polynomial as what they are.
void LinearCheck::replace_chain(Polynomial& polynomial, std::uint32_t chain, std::vector<Integer> coefficients) {
    const std::vector<FlatColumn>& columns = netlist_.chains[chain].columns;
    const auto is_known = [&](std::size_t b) { return proved_.bit_of(columns[b].sum).has_value(); };
    const std::size_t width = coefficients.size();
    std::map<Integer, int> votes;
    for (std::size_t b = 0; b < width; ++b) {
        if (is_known(b)) {  // what was worked out before that was known
            polynomial.add(of_net(columns[b].sum), coefficients[b]);
            coefficients[b] = 0;
        } else if (coefficients[b].low_bits(static_cast<int>(b)).is_zero()) {
            votes[coefficients[b] >> static_cast<int>(b)] += by_majority_ || votes.empty() ? 1 : 0;
        }
    }
    const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    const Integer factor = most == votes.end() ? Integer(0) : most->first;
    const Integer top = factor << static_cast<int>(width - 1);
    bool is_signed = width > 1 && coefficients.back() == -top;
    Polynomial outer = std::move(parked_);
    parked_ = Polynomial();
    if (!factor.is_zero()) {
        const ChainValue& value = value_of(chain);
        const bool is_clear = !is_known(width - 1) && (is_signed || coefficients.back() == top);
        is_signed = is_clear ? is_signed : value.if_signed && !value.if_unsigned;
        const std::optional<Polynomial>& exact = is_signed ? value.if_signed : value.if_unsigned;
        polynomial.add(exact ? *exact : value.value, factor);
        if (!exact) {  // less the carry out, whatever that is
            polynomial.add(Monomial::of(first_carry_ + 2 * chain + (is_signed ? 1 : 0)), -(factor << static_cast<int>(width)));
        }
    }
    parked_ = std::move(outer);
    for (std::size_t b = 0; b < width; ++b) {
        const Integer taken = is_signed && b + 1 == width ? -top : factor << static_cast<int>(b);
        if (is_known(b)) {
            polynomial.add(of_net(columns[b].sum), -taken);
        } else {
            parked_.add(Monomial::of(first_sum_of_[chain] + static_cast<std::uint32_t>(b)), coefficients[b] - taken);
        }
    }
}

/// The netlist may make a sum from another one of the circuit: writes such words out, the latest first, by what they sum up.
void LinearCheck::write_out_sums(Polynomial& polynomial) {
    for (std::size_t before = spec_.sums().size(); before > 0 && !polynomial.is_zero();) {
        const SpecSum* latest = nullptr;
        for (const auto& [monomial, coefficient] : polynomial.terms()) {
            const bool is_node = monomial.num_variables == 1 && monomial.largest() < first_carry_;
            const SpecNode* node = is_node ? &spec_.nodes()[monomial.largest()] : nullptr;
            if (node != nullptr && node->kind == SpecNode::Kind::SumBit && node->sum < before && (latest == nullptr || latest < &spec_.sums()[node->sum])) {
                latest = &spec_.sums()[node->sum];
            }
        }
        if (latest == nullptr) {
            return;
        }
        before = static_cast<std::size_t>(latest - spec_.sums().data());
        write_out(polynomial, *latest);
    }
}

void LinearCheck::write_out(Polynomial& polynomial, const SpecSum& sum) {
    // A bit in the middle says which multiple of the word it is: low bits may have gone elsewhere, and of high ones the modulus hides the factor.
    const int width = sum.low + sum.num_bits;
    const int middle = sum.low + (sum.num_bits - 1) / 2;
    const Integer coefficient_there = polynomial.coefficient(Monomial::of(sum.first_node + static_cast<std::uint32_t>(middle - sum.low)));
    if (!sum.is_exact || !coefficient_there.low_bits(middle).is_zero() || coefficient_there.is_zero()) {
        return;
    }
    const Integer factor = coefficient_there >> middle;
    const BitWord& word = spec_.word(sum.wire);
    for (int b = 0; b < width; ++b) {
        const Integer weight = factor << b;
        polynomial.add(of_bit(word[static_cast<std::size_t>(b)]), sum.has_sign && b + 1 == width ? weight : -weight);
    }
    polynomial.add(Monomial{}, factor * sum.constant);
    for (const auto& [node, coefficient] : sum.terms) {
        polynomial.add(of_node(node), factor * coefficient);
    }
}

void LinearCheck::set_words(const SpecSum& sum) {
    words_.clear();
    for (const SpecOperand& operand : sum.operands) {
        const int magnitude = std::max(operand.interval.low.bit_length(), operand.interval.high.bit_length());
        Word word{{}, operand.interval.low.sign() < 0, operand.interval};
        const auto width = std::min(operand.bits.size(), static_cast<std::size_t>(magnitude + (word.is_signed ? 1 : 0)));
        for (std::size_t i = 0; i < width; ++i) {
            word.bits.push_back(of_bit(operand.bits[i]));
        }
        words_.push_back(std::move(word));
    }
}

/// The word without its lowest bits, as a number.
Polynomial LinearCheck::shifted_word(const Word& word, std::size_t first) const {
    Polynomial result;
    for (std::size_t b = first; b < word.bits.size(); ++b) {
        const Integer weight = Integer::power_of_two(static_cast<int>(b - first));
        result.add(word.bits[b], word.is_signed && b + 1 == word.bits.size() ? -weight : weight);
    }
    return result;
}

namespace {

/// A multiple of a word without its lowest bits.
struct Share {
    std::size_t first = 0;
    Integer factor;
};

/// The range of the sum of factor * floor(w / 2^first) over all w in the interval. With w = 2^first * floor(w / 2^first) + r and 0 <= r < 2^first the sum is a
/// multiple of w and, for each share, something of r.
Interval range_of_shares(const Interval& interval, const std::vector<Share>& shares) {
    std::size_t most = 0;
    for (const Share& share : shares) {
        most = std::max(most, share.first);
    }
    Integer slope = 0;
    Interval rests{0, 0};
    for (const Share& share : shares) {
        const Integer weight = share.factor << static_cast<int>(most - share.first);
        slope += weight;
        rests = rests + Interval{0, Integer::power_of_two(static_cast<int>(share.first)) - Integer(1)} * -weight;
    }
    const Interval scaled = interval * slope + rests;
    const auto shift = static_cast<int>(most);
    return {-((-scaled.low) >> shift), scaled.high >> shift};
}

}  // namespace

/// Writes a chain's value as multiples of words whose intervals are known, so that its range shows how often 2^width is left out.
void LinearCheck::find_range(std::uint32_t number, ChainValue& chain) {
    const auto width = static_cast<int>(netlist_.chains[number].columns.size());
    const Integer half = Integer::power_of_two(width - 1);
    Polynomial rest = chain.value;
    ValueRange found;
    std::vector<std::vector<Share>> shares(words_.size());
    std::size_t longest = 0;
    for (const Word& word : words_) {
        longest = std::max(longest, word.bits.size());
    }
    for (std::size_t first = 0; first < longest; ++first) {
        for (std::size_t w = 0; w < words_.size(); ++w) {
            const Word& word = words_[w];
            if (first >= word.bits.size() || word.bits[first].is_broken() || word.bits[first].terms().empty() || word.bits[first].terms().rbegin()->first.is_one()) {
                continue;
            }
            const auto& [key, unit] = *word.bits[first].terms().rbegin();
            const bool is_top = first + 1 == word.bits.size();
            const Integer factor = floor_divide(rest.coefficient(key), is_top && word.is_signed ? -unit : unit);
            if (factor.low_bits(width).is_zero()) {  // a multiple of the modulus is nothing
                continue;
            }
            const Polynomial shifted = shifted_word(word, first);
            rest.add(shifted, -factor);
            if (factor.abs() == half && is_top) {
                found.free_signs.push_back(word.bits[first]);
                continue;
            }
            found.value.add(shifted, factor);
            shares[w].push_back({first, factor});
        }
    }
    std::erase_if(rest.terms(), [&](const auto& term) { return term.second.low_bits(width).is_zero(); });
    const auto is_unknown = [&](const auto& term) { return term.first.num_variables > 0 && term.first.largest() >= first_carry_ && term.first.largest() < first_sum_; };
    if (std::ranges::any_of(rest.terms(), is_unknown)) {
        return;
    }
    found.range = {rest.lowest(), rest.highest()};
    for (std::size_t w = 0; w < words_.size(); ++w) {
        found.range = found.range + (shares[w].empty() ? Interval{0, 0} : range_of_shares(words_[w].interval, shares[w]));
    }
    found.value.add(rest, 1);
    settle_range(found, width, chain);
}

/// A half of 2^width that is added may as well be taken off: finds the signs for which the value is exact.
void LinearCheck::settle_range(const ValueRange& found, int width, ChainValue& chain) const {
    constexpr std::size_t max_free_signs = 4;
    if (found.free_signs.size() > max_free_signs || found.value.is_broken()) {
        return;
    }
    const Integer modulus = Integer::power_of_two(width);
    const Integer half = Integer::power_of_two(width - 1);
    for (std::size_t signs = 0; signs < std::size_t{1} << found.free_signs.size(); ++signs) {
        Interval whole = found.range;
        Polynomial value = found.value;
        for (std::size_t i = 0; i < found.free_signs.size(); ++i) {
            const bool is_negative = (signs >> i & 1) != 0;
            whole = whole + (is_negative ? Interval{-half, 0} : Interval{0, half});
            value.add(found.free_signs[i], is_negative ? -half : half);
        }
        const auto exact = [&](const Integer& offset) -> std::optional<Polynomial> {
            const Integer turns = floor_divide(whole.low + offset, modulus);
            if (floor_divide(whole.high + offset, modulus) != turns) {
                return std::nullopt;
            }
            Polynomial result = value;
            result.add(Monomial{}, -(turns * modulus));
            return result;
        };
        chain.if_unsigned = chain.if_unsigned ? chain.if_unsigned : exact(0);
        chain.if_signed = chain.if_signed ? chain.if_signed : exact(half);
    }
}

bool LinearCheck::knows_low_bits(const SpecSum& sum) const {
    const BitWord& word = spec_.word(sum.wire);
    return std::all_of(word.begin(), word.begin() + sum.low, [&](Bit bit) {
        return bit.is_constant() || proved_.is_cut(bit.node()) || spec_.nodes()[bit.node()].kind == SpecNode::Kind::Choice;
    });
}

bool LinearCheck::prove(const SpecSum& sum, std::span<const Net> nets) {
    set_words(sum);
    Polynomial difference(sum.constant);
    for (const auto& [node, coefficient] : sum.terms) {
        difference.add(of_node(node), coefficient);
    }
    const BitWord& word = spec_.word(sum.wire);
    const auto low = static_cast<std::size_t>(sum.low);
    std::size_t first = low;
    while (nets[first] == no_net) {
        ++first;
    }
    // Low bits count as what they are found to be, unless that is not known: then all of them are left over with those that have no net.
    const bool has_low = knows_low_bits(sum);
    int end = sum.low;
    for (std::size_t b = has_low ? 0 : low; b < nets.size() && (b <= first || nets[b] != no_net); ++b) {
        const Integer weight = Integer::power_of_two(static_cast<int>(b));
        if (nets[b] != no_net) {
            difference.add(of_net(nets[b]), -weight);
        } else if (b < low) {
            difference.add(of_bit(word[b]), -weight);
        }
        end = static_cast<int>(b) + 1;
    }
    eliminate_chains(difference);
    difference.reduce_modulo(end);
    if (!difference.is_zero() && !difference.is_broken()) {
        write_out_sums(difference);
        difference.reduce_modulo(end);
    }
    if (difference.is_broken()) {
        return false;
    }
    // What is left over must be a number below the first net.
    const bool fits_below = difference.lowest().sign() >= 0 && difference.highest() < Integer::power_of_two(static_cast<int>(first));
    return difference.is_zero() || (fits_below && std::ranges::all_of(difference.terms(), [&](const auto& term) {
               const bool is_bit = term.first.is_one() || term.first.largest() < first_carry_ || term.first.largest() >= first_sum_;
               return is_bit && (!has_low || term.second.low_bits(sum.low).is_zero());
           }));
}

}  // namespace lutra
