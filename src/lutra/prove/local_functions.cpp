#include "lutra/prove/local_functions.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "lutra/base/assert.h"
#include "lutra/prove/bit_ranges.h"
#include "lutra/prove/table_words.h"

namespace lutra {

namespace {

constexpr std::uint32_t no_word = ~0U;

void invert_if(bool condition, std::vector<std::uint64_t>& values) {
    if (condition) {
        std::ranges::transform(values, values.begin(), [](std::uint64_t word) { return ~word; });
    }
}

}  // namespace

LocalFunctions::LocalFunctions(const Circuit& circuit, const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved)
    : spec_(spec), netlist_(netlist), proved_(proved), places_(spec.nodes().size(), {no_word, 0}), of_node_(spec.nodes().size()), of_net_(netlist.nets.size()) {
    find_words(circuit);
}

void LocalFunctions::find_words(const Circuit& circuit) {
    const auto add_word = [&](std::uint32_t first_node, CutWord word) {
        for (std::uint32_t i = 0; i < word.num_bits; ++i) {
            places_[first_node + i] = {static_cast<std::uint32_t>(words_.size()), i};
        }
        words_.push_back(std::move(word));
    };
    std::vector<std::uint32_t> wires_done(circuit.size(), 0);
    for (std::uint32_t n = 0; n < spec_.nodes().size(); ++n) {
        const SpecNode& node = spec_.nodes()[n];
        if (node.kind == SpecNode::Kind::Input && places_[n].word == no_word) {
            const Interval& interval = circuit.interval(node.wire);
            const int magnitude = std::max(interval.low.bit_length(), interval.high.bit_length());
            const bool is_signed = interval.low.sign() < 0;
            if (const auto width = static_cast<std::uint32_t>(magnitude + (is_signed ? 1 : 0)); width > 0 && wires_done[node.wire.index]++ == 0) {
                add_word(n, {width, is_signed, interval});
            }
        } else if (node.kind == SpecNode::Kind::SumBit && node.place == 0) {
            const SpecSum& sum = spec_.sums()[node.sum];
            const Interval& interval = circuit.interval(sum.wire);
            add_word(n, {static_cast<std::uint32_t>(sum.num_bits), sum.has_sign, {interval.low >> sum.low, interval.high >> sum.low}});
        }
    }
    for (const SpecSum& sum : spec_.sums()) {
        CutWord& word = words_[places_[sum.first_node].word];
        for (const Bit bit : std::span(spec_.word(sum.wire)).first(static_cast<std::size_t>(sum.low))) {
            if (places_[bit.node()].word != no_word) {
                word.low_bits = join(word.low_bits, {bit.node()});
            }
        }
    }
}

Support LocalFunctions::join(const Support& a, const Support& b) {
    Support result;
    std::ranges::set_union(a, b, std::back_inserter(result));
    return result;
}

bool LocalFunctions::join_into(Support& support, const Support* added) const {
    if (added == nullptr) {
        return false;
    }
    if (!std::ranges::includes(support, *added)) {
        support = join(support, *added);
    }
    return support.size() <= max_support;
}

bool LocalFunctions::is_of_one_word(const Support& support) const {
    const auto word_of = [&](std::uint32_t n) { return places_[n].word; };
    return support.empty() || std::ranges::any_of(support, [&](std::uint32_t whole) {
               return std::ranges::all_of(
                   support, [&](std::uint32_t n) { return word_of(n) == word_of(whole) || std::ranges::binary_search(words_[word_of(whole)].low_bits, n); });
           });
}

bool LocalFunctions::is_cut_point(std::uint32_t n) {
    switch (spec_.nodes()[n].kind) {
        case SpecNode::Kind::Constant: return false;
        case SpecNode::Kind::Input: return true;
        case SpecNode::Kind::SumBit: return proved_.is_cut(n);
        case SpecNode::Kind::Choice: {
            const Support* support = proved_.is_cut(n) ? support_of_node(n) : nullptr;
            return support != nullptr && *support == Support{n};
        }
    }
    LUTRA_UNREACHABLE("spec node kind");
}

const Support* LocalFunctions::support_of_node(std::uint32_t n) {
    KnownSupport& known = of_node_[n];
    if (!known.is_found && known.stamp != proved_.count() + 1) {
        const SpecNode& node = spec_.nodes()[n];
        Support support;
        bool is_found = true;
        if (node.kind == SpecNode::Kind::Input || (node.kind == SpecNode::Kind::SumBit && proved_.is_cut(n))) {
            support = {n};
        } else if (!collect(node, support)) {
            is_found = node.kind == SpecNode::Kind::Choice && proved_.is_cut(n);
            support = {n};
            if (is_found && places_[n].word == no_word) {
                places_[n] = {static_cast<std::uint32_t>(words_.size()), 0};
                words_.emplace_back();
            }
        }
        of_node_[n] = {proved_.count() + 1, is_found, false, std::move(support)};
    }
    return of_node_[n].is_found ? &of_node_[n].support : nullptr;
}

bool LocalFunctions::collect(const SpecNode& node, Support& support) {
    switch (node.kind) {
        case SpecNode::Kind::Constant: return true;
        case SpecNode::Kind::Input: LUTRA_UNREACHABLE("is a cut point");
        case SpecNode::Kind::Choice:
            return join_into(support, support_of_node(node.selector.node())) && join_into(support, support_of_node(node.if_one.node())) &&
                   join_into(support, support_of_node(node.if_zero.node()));
        case SpecNode::Kind::SumBit:
            if (const auto alias = proved_.alias_of(static_cast<std::uint32_t>(&node - spec_.nodes().data()))) {
                return join_into(support, support_of_node(alias->node()));
            }
            return std::ranges::all_of(spec_.sums()[node.sum].high_terms, [&](const auto& term) { return join_into(support, support_of_node(term.first)); });
    }
    LUTRA_UNREACHABLE("spec node kind");
}

const Support* LocalFunctions::support_of_net(Net net) {
    if (const auto bit = proved_.bit_of(net)) {
        return support_of_node(bit->node());
    }
    KnownSupport& known = of_net_[net];
    if (!known.is_found && known.stamp != proved_.count() + 1) {
        Support support;
        const NetSource& source = netlist_.nets[net];
        const bool is_found = collect(source, support);
        const auto reads = [&](Net input) { return reads_open_chains(input); };
        const bool is_open =
            source.kind == NetSource::Kind::ChainSum || (source.kind == NetSource::Kind::Function && is_found && std::ranges::any_of(source.all(), reads));
        of_net_[net] = {proved_.count() + 1, is_found, is_open, std::move(support)};
    }
    return of_net_[net].is_found ? &of_net_[net].support : nullptr;
}

bool LocalFunctions::reads_open_chains(Net net) { return !proved_.bit_of(net) && support_of_net(net) != nullptr && of_net_[net].reads_open_chains; }

bool LocalFunctions::collect(const NetSource& source, Support& support) {
    const auto join_net = [&](Net net) { return join_into(support, support_of_net(net)); };
    switch (source.kind) {
        case NetSource::Kind::Constant: return true;
        case NetSource::Kind::Function: return std::ranges::all_of(source.all(), join_net);
        case NetSource::Kind::ChainSum: {
            const FlatChain& chain = netlist_.chains[source.chain];
            const auto columns = std::span(chain.columns).first(source.place + 1);
            return join_net(chain.carry_in) &&
                   std::ranges::all_of(columns, [&](const FlatColumn& column) { return join_net(column.propagate) && join_net(column.generate); });
        }
        case NetSource::Kind::Undriven:
        case NetSource::Kind::Input: return false;
    }
    LUTRA_UNREACHABLE("net source kind");
}

std::uint32_t LocalFunctions::domain_of(const Support& support) {
    if (!support.empty()) {
        for (const std::uint32_t domain : domains_with_[support[0]]) {
            if (std::ranges::includes(domains_[domain].cut_points, support)) {
                return domain;
            }
        }
    }
    const auto added = static_cast<std::uint32_t>(domains_.size());
    domains_.push_back({support, {}, {}});
    for (const std::uint32_t n : support) {
        domains_with_[n].push_back(added);
    }
    return added;
}

std::size_t LocalFunctions::num_words(std::uint32_t domain) const {
    const std::size_t num_inputs = domains_[domain].cut_points.size();
    return num_inputs <= max_table_inputs ? 1 : std::size_t{1} << (num_inputs - max_table_inputs);
}

std::vector<std::uint64_t> LocalFunctions::pattern(std::uint32_t domain, std::size_t place) const {
    std::vector<std::uint64_t> values(num_words(domain));
    for (std::size_t w = 0; w < values.size(); ++w) {
        values[w] = place < max_table_inputs ? input_tables[place] : (w >> (place - max_table_inputs) & 1) != 0 ? ~std::uint64_t{0} : 0;
    }
    return values;
}

/// Supports were found with what was proved then: what was proved since may be a function of other cut points.
bool LocalFunctions::is_within(std::uint32_t domain, std::uint32_t node) {
    const Support* support = support_of_node(node);
    return support != nullptr && std::ranges::includes(domains_[domain].cut_points, *support);
}

const std::vector<std::uint64_t>& LocalFunctions::values_of_node(std::uint32_t domain, std::uint32_t n) {
    if (const auto found = domains_[domain].of_node.find(n); found != domains_[domain].of_node.end()) {
        return found->second;
    }
    const Support& cut_points = domains_[domain].cut_points;
    const SpecNode& node = spec_.nodes()[n];
    std::vector<std::uint64_t> values;
    if (const auto place = std::ranges::lower_bound(cut_points, n); place != cut_points.end() && *place == n) {
        values = pattern(domain, static_cast<std::size_t>(place - cut_points.begin()));
    } else if (node.kind == SpecNode::Kind::Constant) {
        values.assign(num_words(domain), 0);
    } else if (const auto alias = proved_.alias_of(n); alias && is_within(domain, alias->node())) {
        values = values_of_node(domain, alias->node());
        invert_if(alias->is_inverted(), values);
    } else if (node.kind == SpecNode::Kind::SumBit) {
        evaluate_sum(domain, spec_.sums()[node.sum]);
        return domains_[domain].of_node.at(n);
    } else {
        LUTRA_ASSERT(node.kind == SpecNode::Kind::Choice);
        const std::vector<std::uint64_t>& selector = values_of_node(domain, node.selector.node());
        const std::vector<std::uint64_t>& if_one = values_of_node(domain, node.if_one.node());
        const std::vector<std::uint64_t>& if_zero = values_of_node(domain, node.if_zero.node());
        const auto flip = [](Bit bit) { return bit.is_inverted() ? ~std::uint64_t{0} : 0; };
        values.resize(selector.size());
        for (std::size_t w = 0; w < values.size(); ++w) {
            const std::uint64_t chosen = selector[w] ^ flip(node.selector);
            values[w] = (chosen & (if_one[w] ^ flip(node.if_one))) | (~chosen & (if_zero[w] ^ flip(node.if_zero)));
        }
    }
    return domains_[domain].of_node.emplace(n, std::move(values)).first->second;
}

void LocalFunctions::evaluate_sum(std::uint32_t domain, const SpecSum& sum) {
    std::vector<const std::uint64_t*> terms;
    for (const auto& [term, coefficient] : sum.high_terms) {
        terms.push_back(values_of_node(domain, term).data());
    }
    const std::size_t width = num_words(domain);
    const std::vector<std::uint64_t> bits = evaluate(sum, terms, width);
    for (int b = 0; b < sum.num_bits; ++b) {
        const auto begin = bits.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(b) * width);
        const auto end = begin + static_cast<std::ptrdiff_t>(width);
        // Bits that were proved since the support was found are functions here, too.
        if (const std::uint32_t n = sum.first_node + static_cast<std::uint32_t>(b); !std::ranges::binary_search(domains_[domain].cut_points, n)) {
            domains_[domain].of_node.try_emplace(n, begin, end);
        }
    }
}

const std::vector<std::uint64_t>& LocalFunctions::values_of_net(std::uint32_t domain, Net net) {
    if (const auto found = domains_[domain].of_net.find(net); found != domains_[domain].of_net.end()) {
        return found->second;
    }
    const NetSource& source = netlist_.nets[net];
    std::vector<std::uint64_t> values;
    if (const auto bit = proved_.bit_of(net); bit && is_within(domain, bit->node())) {
        values = values_of_node(domain, bit->node());
        invert_if(bit->is_inverted(), values);
    } else if (source.kind == NetSource::Kind::Constant) {
        values.assign(num_words(domain), source.table != 0 ? ~std::uint64_t{0} : 0);
    } else if (source.kind == NetSource::Kind::ChainSum) {
        values = values_of_chain(domain, netlist_.chains[source.chain], source.place);
    } else {
        LUTRA_ASSERT(source.kind == NetSource::Kind::Function);
        std::array<const std::uint64_t*, max_table_inputs> inputs{};
        for (std::size_t i = 0; i < source.num_inputs; ++i) {
            inputs[i] = values_of_net(domain, source.inputs[i]).data();
        }
        values.resize(num_words(domain));
        evaluate_table(source.table, std::span(inputs).first(source.num_inputs), values);
    }
    return domains_[domain].of_net.emplace(net, std::move(values)).first->second;
}

/// Bit `place` of the sum.
std::vector<std::uint64_t> LocalFunctions::values_of_chain(std::uint32_t domain, const FlatChain& chain, std::size_t place) {
    std::vector<std::uint64_t> carry = values_of_net(domain, chain.carry_in);
    for (std::size_t c = 0; c < place; ++c) {
        const std::vector<std::uint64_t>& propagate = values_of_net(domain, chain.columns[c].propagate);
        const std::vector<std::uint64_t>& generate = values_of_net(domain, chain.columns[c].generate);
        for (std::size_t w = 0; w < carry.size(); ++w) {
            carry[w] = (propagate[w] & carry[w]) | (~propagate[w] & generate[w]);
        }
    }
    std::ranges::transform(carry, values_of_net(domain, chain.columns[place].propagate), carry.begin(), std::bit_xor());
    return carry;
}

bool LocalFunctions::are_equal(Bit bit, Net net) {
    const Support* of_bit = support_of_node(bit.node());
    const Support* of_net = support_of_net(net);
    if (of_bit == nullptr || of_net == nullptr) {
        return false;
    }
    const Support both = join(*of_bit, *of_net);
    if (both.size() > max_support) {
        return false;
    }
    const std::uint32_t domain = domain_of(both);
    const std::vector<std::uint64_t>& expected = values_of_node(domain, bit.node());
    const std::vector<std::uint64_t>& found = values_of_net(domain, net);
    const std::uint64_t flip = bit.is_inverted() ? ~std::uint64_t{0} : 0;
    for (std::size_t w = 0; w < found.size(); ++w) {
        for (std::uint64_t different = expected[w] ^ flip ^ found[w]; different != 0; different &= different - 1) {
            if (can_occur(domain, w * 64 + static_cast<std::size_t>(std::countr_zero(different)))) {
                return false;
            }
        }
    }
    return true;
}

bool LocalFunctions::can_occur(std::uint32_t domain, std::uint64_t assignment) {
    Domain& asked = domains_[domain];
    if (asked.occurs.empty()) {
        asked.occurs = possible_assignments(asked.cut_points);
    }
    return asked.occurs[assignment & (asked.occurs.size() - 1)];
}

std::vector<bool> LocalFunctions::possible_assignments(const Support& cut_points) const {
    constexpr std::uint32_t max_narrow = 62;  // of wider words no assignment is excluded
    std::vector<bool> occurs(std::size_t{1} << cut_points.size(), true);
    if (is_upper_part(cut_points)) {
        const CutWord& word = words_[places_[cut_points[0]].word];
        const auto first = static_cast<int>(places_[cut_points[0]].place);
        const Interval upper{word.interval.low >> first, word.interval.high >> first};
        for (std::size_t a = 0; a < occurs.size(); ++a) {
            const Integer value = static_cast<std::int64_t>(a);
            occurs[a] = upper.contains(word.is_signed ? value.low_bits_signed(static_cast<int>(cut_points.size())) : value);
        }
        return occurs;
    }
    std::vector<std::uint32_t> numbers;
    std::ranges::transform(cut_points, std::back_inserter(numbers), [&](std::uint32_t n) { return places_[n].word; });
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (const std::uint32_t number : numbers) {
        if (words_[number].num_bits <= max_narrow) {
            exclude_assignments(cut_points, number, occurs);
        }
    }
    return occurs;
}

/// Those in which the bits of one word are those of no number that it can be.
void LocalFunctions::exclude_assignments(const Support& cut_points, std::uint32_t number, std::vector<bool>& occurs) const {
    const CutWord& word = words_[number];
    const NumbersOfWord possible(static_cast<int>(word.num_bits), word.is_signed, word.interval);
    std::vector<std::pair<std::size_t, std::uint32_t>> bits;  // in the assignment, and in the word
    std::uint64_t mask = 0;
    for (std::size_t k = 0; k < cut_points.size(); ++k) {
        if (const WordPlace place = places_[cut_points[k]]; place.word == number) {
            bits.emplace_back(k, place.place);
            mask |= std::uint64_t{1} << place.place;
        }
    }
    for (std::size_t a = 0; a < occurs.size(); ++a) {
        KnownBits known{.mask = mask};
        for (const auto& [k, place] : bits) {
            known.value |= (a >> k & 1) << place;
        }
        occurs[a] = occurs[a] && possible.have(known);
    }
}

/// Whether these are all bits of a word from some place on.
bool LocalFunctions::is_upper_part(const Support& cut_points) const {
    if (cut_points.empty()) {
        return false;
    }
    const WordPlace first = places_[cut_points[0]];
    for (std::size_t i = 0; i < cut_points.size(); ++i) {
        if (places_[cut_points[i]].word != first.word || places_[cut_points[i]].place != first.place + i) {
            return false;
        }
    }
    return first.place + cut_points.size() == words_[first.word].num_bits;
}

}  // namespace lutra
