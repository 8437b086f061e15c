#pragma once

/// What a word sums up, exactly: a polynomial of bits, and functions of a few cut points by all their values.

#include <map>
#include <set>
#include <vector>

#include "lutra/prove/local_functions.h"
#include "lutra/prove/partition.h"
#include "lutra/prove/polynomial.h"

namespace lutra {

/// polynomial + the sum of the tables. Variables of the polynomial are cut points and bits of chains; values[a] of a table belongs to the assignment a of its
/// domain.
struct ExactForm {
    Polynomial polynomial;
    std::map<std::uint32_t, std::vector<Integer>> tables;

    void add(const ExactForm& other, const Integer& factor);
    bool is_broken() const { return polynomial.is_broken(); }
};

/// sums[a] becomes the sum of sums[b] over all subsets b of the bits of a: from coefficients of products to values.
void sum_over_subsets(std::vector<Integer>& sums);

/// Numbers of variables: nodes of the specification; bits of chains, in the order of computation; other nets in that order, those first that depend on
/// one word and no open chain.
class Variables {
public:
    Variables(const SpecNetwork& spec, const FlatNetlist& netlist);

    bool is_node(std::uint32_t variable) const { return variable < first_sum_; }
    bool is_chain_bit(std::uint32_t variable) const { return variable >= first_sum_ && variable < first_net_; }
    bool is_net(std::uint32_t variable) const { return variable >= first_net_; }
    bool is_mixed(std::uint32_t variable) const { return variable >= first_net_ + num_nets_; }
    std::uint32_t of_net(Net net, bool is_mixed) const { return of_net_[net] + (is_mixed ? num_nets_ : 0); }
    Net net(std::uint32_t variable) const { return nets_[(is_mixed(variable) ? variable - num_nets_ : variable) - first_sum_]; }
    std::uint32_t of_chain_bit(std::uint32_t chain, std::size_t bit) const { return first_of_chain_[chain] + static_cast<std::uint32_t>(bit); }
    std::uint32_t chain_of(std::uint32_t variable) const { return chain_of_[variable - first_sum_]; }

private:
    std::uint32_t first_sum_ = 0;
    std::uint32_t first_net_ = 0;
    std::uint32_t num_nets_ = 0;
    std::vector<std::uint32_t> of_net_;
    std::vector<Net> nets_;
    std::vector<std::uint32_t> first_of_chain_;
    std::vector<std::uint32_t> chain_of_;
};

/// Which words become tables.
enum class Folded {
    All,
    Products,  ///< those that stand in products or tables
    Tables,    ///< those that stand in tables and in terms
};

/// Writes bits of both sides as exact forms.
class ExactForms {
public:
    /// All of them must outlive this; what is proved may grow.
    ExactForms(const SpecNetwork& spec, const FlatNetlist& netlist, const Correspondence& proved, const Variables& variables, LocalFunctions& local)
        : spec_(spec), netlist_(netlist), proved_(proved), variables_(variables), local_(local) {}

    /// The sum of coefficient * node over the terms, plus the constant.
    ExactForm of_sum(const SpecSum& sum);
    /// form += coefficient * bit.
    void add(ExactForm& form, Bit bit, const Integer& coefficient);
    /// form += coefficient * net, where the net is a local function; false elsewhere.
    bool add_net(ExactForm& form, Net net, const Integer& coefficient);
    /// The bit as a polynomial of its cut points.
    Polynomial polynomial_of(Bit bit);

    /// A net as a variable or, where it is known, as what it is.
    Polynomial variable_of(Net net);
    /// The function of nets with these values: f(x, ...) = f(0, ...) + x * (f(1, ...) - f(0, ...)).
    Polynomial of_values(std::span<const Net> inputs, std::vector<Integer> values);
    /// Writes all nets but the bits of chains as functions of cut points, the latest first, modulo 2^width. Those of several words come before others:
    /// carries of a column, in which products of nets cancel.
    ExactForm reduce(Polynomial polynomial, int width);

    /// Makes one table of all that depends on the same words, unless that are too many bits.
    void fold(ExactForm& form, Folded what);
    /// The same of a copy; nothing where the form is as it would be made.
    std::optional<ExactForm> folded(const ExactForm& form, Folded what);

private:
    using Term = std::pair<const Monomial, Integer>;
    /// Tables and terms that have words in common.
    struct Component {
        Support cut_points;
        std::vector<std::uint32_t> domains;
        std::vector<const Term*> terms;
    };
    std::vector<Component> components_of(const ExactForm& form, Folded folded);
    void fold(ExactForm& target, const ExactForm& form, std::span<const Component> components);
    void add_cut_points(Component& component) const;
    std::vector<Integer> values_of(const ExactForm& form, const Component& component, const Support& cut_points) const;
    void add_node(ExactForm& form, std::uint32_t node, const Integer& coefficient);
    Polynomial polynomial_of_node(std::uint32_t node);
    const Polynomial& polynomial_of_choice(std::uint32_t node);
    Polynomial of_local_values(const Support& support, const std::vector<std::uint64_t>& values) const;
    bool add_to_table(ExactForm& form, const Monomial& monomial, const Integer& coefficient);
    const Support* support_of(std::uint32_t variable);
    std::vector<std::uint64_t> values_of(std::uint32_t domain, std::uint32_t variable);
    void substitute(Polynomial& polynomial, std::vector<std::pair<Monomial, Integer>> terms, std::uint32_t variable);

    const SpecNetwork& spec_;
    const FlatNetlist& netlist_;
    const Correspondence& proved_;
    const Variables& variables_;
    LocalFunctions& local_;
    Partition words_;
    std::unordered_map<std::uint32_t, Polynomial> choices_;
    std::uint64_t choices_are_of_ = 0;
};

}  // namespace lutra
