#include <algorithm>

#include "lutra/prove/exact_form.h"

namespace lutra {

std::vector<ExactForms::Component> ExactForms::components_of(const ExactForm& form) const {
    std::vector<Component> found;
    const auto take = [&](const Support& cut_points) -> Component& {
        Component joined{{}, cut_points, {}, {}, true};
        for (const std::uint32_t n : cut_points) {
            joined.words.insert(local_.place_of(n).word);
        }
        std::erase_if(found, [&](Component& other) {
            if (std::ranges::none_of(other.words, [&](std::uint32_t word) { return joined.words.contains(word); })) {
                return false;
            }
            joined.words.insert(other.words.begin(), other.words.end());
            joined.cut_points = LocalFunctions::join(joined.cut_points, other.cut_points);
            joined.domains.insert(joined.domains.end(), other.domains.begin(), other.domains.end());
            joined.terms.insert(joined.terms.end(), other.terms.begin(), other.terms.end());
            joined.is_linear = joined.is_linear && other.is_linear;
            return true;
        });
        return found.emplace_back(std::move(joined));
    };
    for (const auto& [domain, values] : form.tables) {
        Component& component = take(local_.cut_points(domain));
        component.domains.push_back(domain);
        component.is_linear = false;
    }
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        const auto variables = std::span(monomial.variables).first(monomial.num_variables);
        if (!monomial.is_one() && std::ranges::all_of(variables, [&](std::uint32_t variable) { return variables_.is_node(variable); })) {
            Component& component = take({variables.rbegin(), variables.rend()});
            component.terms.emplace_back(monomial, coefficient);
            component.is_linear = component.is_linear && monomial.num_variables == 1;
        }
    }
    return found;
}

void ExactForms::fold(ExactForm& form, Folded folded) const {
    constexpr std::size_t max_folded = LocalFunctions::max_support + 2;
    for (const Component& component : components_of(form)) {
        const bool is_left = folded == Folded::Tables ? component.domains.empty() || component.terms.empty() : folded == Folded::Products && component.is_linear;
        if (component.cut_points.size() > max_folded || is_left) {
            continue;
        }
        const std::uint32_t whole = local_.domain_of(component.cut_points);
        std::vector<Integer> sums = values_of(form, component, local_.cut_points(whole));
        for (const auto& [monomial, coefficient] : component.terms) {
            form.polynomial.add(monomial, -coefficient);
        }
        for (const std::uint32_t domain : component.domains) {
            form.tables.erase(domain);
        }
        form.tables[whole] = std::move(sums);
    }
}

/// What the component adds, for all assignments of these cut points.
std::vector<Integer> ExactForms::values_of(const ExactForm& form, const Component& component, const Support& cut_points) const {
    const auto place_of = [&](std::uint32_t n) { return std::ranges::lower_bound(cut_points, n) - cut_points.begin(); };
    std::vector<Integer> sums(std::size_t{1} << cut_points.size());
    for (const auto& [monomial, coefficient] : component.terms) {
        std::size_t mask = 0;
        for (std::uint32_t i = 0; i < monomial.num_variables; ++i) {
            mask |= std::size_t{1} << place_of(monomial.variables[i]);
        }
        for (std::size_t a = 0; a < sums.size(); ++a) {
            sums[a] += (a & mask) == mask ? coefficient : Integer(0);
        }
    }
    for (const std::uint32_t domain : component.domains) {
        const std::vector<Integer>& values = form.tables.at(domain);
        for (std::size_t a = 0; a < sums.size(); ++a) {
            std::size_t inside = 0;
            for (std::size_t i = 0; i < local_.cut_points(domain).size(); ++i) {
                inside |= (a >> place_of(local_.cut_points(domain)[i]) & 1) << i;
            }
            sums[a] += values[inside];
        }
    }
    return sums;
}

}  // namespace lutra
