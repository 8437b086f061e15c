#include "lutra/prove/exact_form.h"

#include <algorithm>
#include <bit>

namespace lutra {

namespace {

/// Functions of so few cut points are polynomials, even where they could be tables.
constexpr std::size_t max_small_support = 5;

void add_where_one(std::vector<Integer>& sums, const std::vector<std::uint64_t>& values, const Integer& coefficient) {
    for (std::size_t begin = 0; begin < sums.size(); begin += 64) {
        const std::uint64_t inside = sums.size() < 64 ? (std::uint64_t{1} << sums.size()) - 1 : ~std::uint64_t{0};
        for (std::uint64_t ones = values[begin / 64] & inside; ones != 0; ones &= ones - 1) {
            sums[begin + static_cast<std::size_t>(std::countr_zero(ones))] += coefficient;
        }
    }
}

}  // namespace

void ExactForm::add(const ExactForm& other, const Integer& factor) {
    polynomial.add(other.polynomial, factor);
    for (const auto& [domain, values] : other.tables) {
        std::vector<Integer>& sums = tables[domain];
        if (sums.empty()) {
            sums = values;
            if (factor != Integer(1)) {
                std::ranges::for_each(sums, [&](Integer& sum) { sum *= factor; });
            }
            continue;
        }
        for (std::size_t a = 0; a < values.size(); ++a) {
            sums[a] += values[a] * factor;
        }
    }
}

Variables::Variables(const SpecNetwork& spec, const FlatNetlist& netlist)
    : first_sum_(static_cast<std::uint32_t>(spec.nodes().size())), of_net_(netlist.nets.size()) {
    const auto add = [&](Net net) {
        of_net_[net] = first_sum_ + static_cast<std::uint32_t>(nets_.size());
        nets_.push_back(net);
    };
    for (std::uint32_t chain = 0; chain < netlist.chains.size(); ++chain) {
        first_of_chain_.push_back(first_sum_ + static_cast<std::uint32_t>(nets_.size()));
        for (const FlatColumn& column : netlist.chains[chain].columns) {
            chain_of_.push_back(chain);
            add(column.sum);
        }
    }
    first_net_ = first_sum_ + static_cast<std::uint32_t>(nets_.size());
    for (const Net net : netlist.order) {
        if (netlist.nets[net].kind != NetSource::Kind::ChainSum) {
            add(net);
        }
    }
    num_nets_ = first_sum_ + static_cast<std::uint32_t>(nets_.size()) - first_net_;
}

ExactForm ExactForms::of_sum(const SpecSum& sum) {
    for (const SpecOperand& operand : sum.operands) {  // one domain for all bits of a word
        Support support;
        for (const Bit bit : operand.bits) {
            const Support* added = local_.support_of_node(bit.node());
            support = added == nullptr ? support : LocalFunctions::join(support, *added);
        }
        if (support.size() > max_small_support && support.size() <= LocalFunctions::max_support && local_.is_of_one_word(support)) {
            local_.domain_of(support);
        }
    }
    ExactForm form{Polynomial(sum.constant), {}};
    for (const auto& [node, coefficient] : sum.terms) {
        add_node(form, node, coefficient);
    }
    return form;
}

void ExactForms::add(ExactForm& form, Bit bit, const Integer& coefficient) {
    form.polynomial.add(Monomial{}, bit.is_inverted() ? coefficient : Integer(0));
    add_node(form, bit.node(), bit.is_inverted() ? -coefficient : coefficient);
}

bool ExactForms::add_net(ExactForm& form, Net net, const Integer& coefficient) {
    return add_to_table(form, Monomial::of(variables_.of_net(net, false)), coefficient);
}

void ExactForms::add_node(ExactForm& form, std::uint32_t node, const Integer& coefficient) {
    const Support* support = local_.support_of_node(node);
    if (support != nullptr && support->size() > max_small_support && local_.is_of_one_word(*support)) {
        const std::uint32_t domain = local_.domain_of(*support);
        std::vector<Integer>& sums = form.tables[domain];
        sums.resize(std::size_t{1} << local_.cut_points(domain).size());
        add_where_one(sums, local_.values_of_node(domain, node), coefficient);
    } else {
        form.polynomial.add(polynomial_of_node(node), coefficient);
    }
}

Polynomial ExactForms::polynomial_of(Bit bit) {
    Polynomial result(bit.is_inverted() ? 1 : 0);
    result.add(polynomial_of_node(bit.node()), bit.is_inverted() ? -1 : 1);
    return result;
}

Polynomial ExactForms::polynomial_of_node(std::uint32_t n) {
    if (local_.is_cut_point(n)) {
        return Polynomial::variable(n);
    }
    const Support* support = local_.support_of_node(n);
    if (support != nullptr) {
        const Support cut_points = *support;
        return of_local_values(cut_points, local_.values_of_node(local_.domain_of(cut_points), n));
    }
    const SpecNode& node = spec_.nodes()[n];
    if (const auto alias = proved_.alias_of(n)) {
        return polynomial_of(*alias);
    }
    if (node.kind != SpecNode::Kind::Choice) {  // of a sum that has no net: that can be written out where the whole word is read
        return Polynomial::variable(n);
    }
    return polynomial_of_choice(n);
}

/// A choice of many cut points, from its parts; not of too many terms. Those that were written out are remembered until more is proved.
const Polynomial& ExactForms::polynomial_of_choice(std::uint32_t n) {
    constexpr std::size_t max_terms = 512;
    if (choices_are_of_ != proved_.count()) {
        choices_.clear();
        choices_are_of_ = proved_.count();
    }
    if (const auto known = choices_.find(n); known != choices_.end()) {
        return known->second;
    }
    const SpecNode& node = spec_.nodes()[n];
    Polynomial result = polynomial_of(node.if_zero);
    Polynomial difference = polynomial_of(node.if_one);
    difference.add(result, -1);
    const Polynomial selector = difference.is_broken() ? Polynomial::broken() : polynomial_of(node.selector);
    result.add(selector.is_broken() ? Polynomial::broken() : Polynomial::product(selector, difference), 1);
    return choices_.emplace(n, result.terms().size() > max_terms ? Polynomial::broken() : std::move(result)).first->second;
}

/// The values are those of the domain that the support got.
Polynomial ExactForms::of_local_values(const Support& support, const std::vector<std::uint64_t>& values) const {
    const Support& cut_points = local_.cut_points(local_.domain_of(support));
    std::vector<std::size_t> places;
    for (const std::uint32_t n : support) {
        places.push_back(static_cast<std::size_t>(std::ranges::lower_bound(cut_points, n) - cut_points.begin()));
    }
    std::vector<std::int64_t> coefficients(std::size_t{1} << support.size());
    for (std::size_t a = 0; a < coefficients.size(); ++a) {
        std::size_t assignment = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            assignment |= (a >> i & 1) << places[i];
        }
        coefficients[a] = static_cast<std::int64_t>(values[assignment / 64] >> assignment % 64 & 1);
    }
    Polynomial result;
    for (std::size_t i = 0; i < support.size(); ++i) {
        for (std::size_t a = 0; a < coefficients.size(); ++a) {
            coefficients[a] -= (a >> i & 1) != 0 ? coefficients[a ^ (std::size_t{1} << i)] : 0;
        }
    }
    for (std::size_t a = 0; a < coefficients.size(); ++a) {
        if (coefficients[a] != 0) {
            Monomial monomial;
            for (std::size_t i = support.size(); i-- > 0;) {
                if ((a >> i & 1) != 0) {
                    monomial.variables[monomial.num_variables++] = support[i];
                }
            }
            result.add(monomial, coefficients[a]);
        }
    }
    return result;
}

Polynomial ExactForms::variable_of(Net net) {
    while (!proved_.bit_of(net) && netlist_.nets[net].kind == NetSource::Kind::Function && netlist_.nets[net].num_inputs == 1 &&
           netlist_.nets[net].table == input_tables[0]) {
        net = netlist_.nets[net].inputs[0];
    }
    const auto bit = proved_.bit_of(net);
    if (netlist_.nets[net].kind == NetSource::Kind::Constant) {
        return Polynomial(Integer(static_cast<std::int64_t>(netlist_.nets[net].table)));
    }
    if (netlist_.nets[net].kind == NetSource::Kind::ChainSum && !bit) {
        return Polynomial::variable(variables_.of_net(net, false));
    }
    if (bit && bit->is_constant()) {
        return Polynomial(bit->is_one() ? 1 : 0);
    }
    if (!bit || !local_.is_cut_point(bit->node())) {  // what a known function is, is found like that of any other
        if (netlist_.nets[net].kind == NetSource::Kind::ChainSum) {
            return polynomial_of(*bit);
        }
        const Support* support = local_.support_of_net(net);
        return Polynomial::variable(variables_.of_net(net, support == nullptr || !local_.is_of_one_word(*support) || local_.reads_open_chains(net)));
    }
    Polynomial result(bit->is_inverted() ? 1 : 0);
    result.add(Monomial::of(bit->node()), bit->is_inverted() ? -1 : 1);
    return result;
}

Polynomial ExactForms::of_values(std::span<const Net> inputs, std::vector<Integer> values) {
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
    std::vector<Polynomial> variables;
    std::ranges::transform(inputs, std::back_inserter(variables), [&](Net net) { return variable_of(net); });
    std::vector<Polynomial> products(values.size());
    for (std::size_t a = 0; a < values.size(); ++a) {
        if (!is_needed[a]) {
            continue;
        }
        const std::size_t without_highest = a == 0 ? 0 : a ^ std::bit_floor(a);
        products[a] = a == 0 ? Polynomial(1) : Polynomial::product(products[without_highest], variables[static_cast<std::size_t>(std::bit_width(a) - 1)]);
        result.add(products[a], values[a]);
        if (products[a].is_broken()) {
            return Polynomial::broken();
        }
    }
    return result;
}

const Support* ExactForms::support_of(std::uint32_t variable) {
    if (variables_.is_node(variable)) {
        return local_.support_of_node(variable);
    }
    return local_.support_of_net(variables_.net(variable));
}

std::vector<std::uint64_t> ExactForms::values_of(std::uint32_t domain, std::uint32_t variable) {
    return variables_.is_node(variable) ? local_.values_of_node(domain, variable) : local_.values_of_net(domain, variables_.net(variable));
}

/// Whether the product is a function of one word's cut points; then it has been added.
bool ExactForms::add_to_table(ExactForm& form, const Monomial& monomial, const Integer& coefficient) {
    Support support;
    for (std::uint32_t i = 0; i < monomial.num_variables; ++i) {
        const Support* added = support_of(monomial.variables[i]);
        if (added == nullptr) {
            return false;
        }
        support = LocalFunctions::join(support, *added);
    }
    if (support.size() > LocalFunctions::max_support || support.empty() || !local_.is_of_one_word(support)) {
        return false;
    }
    const std::uint32_t domain = local_.domain_of(support);
    std::vector<std::uint64_t> product = values_of(domain, monomial.variables[0]);
    for (std::uint32_t i = 1; i < monomial.num_variables; ++i) {
        const std::vector<std::uint64_t> factor = values_of(domain, monomial.variables[i]);
        std::ranges::transform(product, factor, product.begin(), std::bit_and());
    }
    std::vector<Integer>& sums = form.tables[domain];
    sums.resize(std::size_t{1} << local_.cut_points(domain).size());
    add_where_one(sums, product, coefficient);
    return true;
}

ExactForm ExactForms::reduce(Polynomial polynomial, int width) {
    ExactForm form;
    auto& terms = polynomial.terms();
    while (!polynomial.is_broken() && !terms.empty() && !terms.rbegin()->first.is_one() && variables_.is_net(terms.rbegin()->first.largest())) {
        const std::uint32_t variable = terms.rbegin()->first.largest();
        const Support* support = support_of(variable);
        const bool is_open = variables_.is_mixed(variable) || (support != nullptr && support->size() <= max_small_support);
        std::vector<std::pair<Monomial, Integer>> open;
        while (!terms.empty() && !terms.rbegin()->first.is_one() && terms.rbegin()->first.largest() == variable) {
            const auto last = std::prev(terms.end());
            if (!last->second.is_multiple_of_power_of_two(width) && (is_open || !add_to_table(form, last->first, last->second))) {
                open.emplace_back(last->first, last->second);
            }
            terms.erase(last);
        }
        if (!open.empty()) {
            substitute(polynomial, std::move(open), variable);
        }
    }
    // Products of bits of chains that are local functions.
    std::erase_if(terms, [&](const auto& term) {
        const bool has_chain_bits = term.first.num_variables > 1 && variables_.is_chain_bit(term.first.largest());
        return term.second.is_multiple_of_power_of_two(width) || (has_chain_bits && add_to_table(form, term.first, term.second));
    });
    form.polynomial = std::move(polynomial);
    return form;
}

/// Adds the terms again, with what the net is instead of the net.
void ExactForms::substitute(Polynomial& polynomial, std::vector<std::pair<Monomial, Integer>> terms, std::uint32_t variable) {
    const Net net = variables_.net(variable);
    const Support* support = local_.support_of_net(net);
    const NetSource& source = netlist_.nets[net];
    Polynomial value;
    if (!variables_.is_mixed(variable) && support != nullptr && support->size() <= max_small_support) {
        const Support cut_points = *support;
        value = of_local_values(cut_points, local_.values_of_net(local_.domain_of(cut_points), net));
    } else if (const auto bit = proved_.bit_of(net)) {
        value = polynomial_of(*bit);
    } else if (source.kind == NetSource::Kind::Function) {
        std::vector<Integer> values;
        for (std::size_t a = 0; a < std::size_t{1} << source.num_inputs; ++a) {
            values.emplace_back(static_cast<std::int64_t>(source.table >> a & 1));
        }
        value = of_values(source.all(), std::move(values));
    } else {
        value = Polynomial::broken();
    }
    for (auto& [monomial, coefficient] : terms) {
        Polynomial others;
        Monomial rest;
        rest.num_variables = monomial.num_variables - 1;
        std::copy_n(monomial.variables.begin() + 1, rest.num_variables, rest.variables.begin());
        others.add(rest, coefficient);
        const Polynomial product = Polynomial::product(value, others);
        if (product.is_broken() || value.is_broken()) {
            polynomial = Polynomial::broken();
            return;
        }
        polynomial.add(product, 1);
    }
}

}  // namespace lutra
