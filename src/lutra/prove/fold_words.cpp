#include <algorithm>
#include <functional>

#include "lutra/prove/exact_form.h"
#include "lutra/prove/partition.h"

namespace lutra {

std::vector<ExactForms::Component> ExactForms::components_of(const ExactForm& form) const {
    Partition words;
    const auto join = [&](std::span<const std::uint32_t> cut_points) { words.join(cut_points, [&](std::uint32_t n) { return local_.place_of(n).word; }); };
    const auto is_of_nodes = [&](const Monomial& monomial) {
        return !monomial.is_one() && std::ranges::all_of(monomial.all(), [&](std::uint32_t variable) { return variables_.is_node(variable); });
    };
    for (const auto& [domain, values] : form.tables) {
        join(local_.cut_points(domain));
    }
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        if (is_of_nodes(monomial)) {
            join(monomial.all());
        }
    }
    std::vector<Component> found(words.size());
    const auto add_cut_points = [&](Component& component, std::span<const std::uint32_t> cut_points) {
        component.cut_points.insert(component.cut_points.end(), cut_points.begin(), cut_points.end());
    };
    for (const auto& [domain, values] : form.tables) {
        const Support& cut_points = local_.cut_points(domain);
        Component& component = found[words.part_of(local_.place_of(cut_points[0]).word)];
        add_cut_points(component, cut_points);
        component.domains.push_back(domain);
        component.is_linear = false;
    }
    for (const auto& [monomial, coefficient] : form.polynomial.terms()) {
        if (is_of_nodes(monomial)) {
            Component& component = found[words.part_of(local_.place_of(monomial.largest()).word)];
            add_cut_points(component, monomial.all());
            component.terms.emplace_back(monomial, coefficient);
            component.is_linear = component.is_linear && monomial.num_variables == 1;
        }
    }
    std::erase_if(found, [](const Component& component) { return component.cut_points.empty(); });
    for (Component& component : found) {
        std::ranges::sort(component.cut_points);
        component.cut_points.erase(std::unique(component.cut_points.begin(), component.cut_points.end()), component.cut_points.end());
    }
    return found;
}

void ExactForms::fold(ExactForm& form, Folded folded) const {
    constexpr std::size_t max_folded = LocalFunctions::max_support + 2;
    for (const Component& component : components_of(form)) {
        const bool is_left =
            folded == Folded::Tables ? component.domains.empty() || component.terms.empty() : folded == Folded::Products && component.is_linear;
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
        std::vector<Integer>& table = form.tables[whole];  // of another component, too, where the domain holds the words of both
        table.resize(sums.size());
        std::ranges::transform(table, sums, table.begin(), std::plus());
    }
}

/// What the component adds, for all assignments of these cut points: coefficients are summed up over all subsets, one cut point after the other.
std::vector<Integer> ExactForms::values_of(const ExactForm& form, const Component& component, const Support& cut_points) const {
    const auto place_of = [&](std::uint32_t n) { return std::ranges::lower_bound(cut_points, n) - cut_points.begin(); };
    std::vector<Integer> sums(std::size_t{1} << cut_points.size());
    for (const auto& [monomial, coefficient] : component.terms) {
        std::size_t mask = 0;
        for (const std::uint32_t variable : monomial.all()) {
            mask |= std::size_t{1} << place_of(variable);
        }
        sums[mask] += coefficient;
    }
    if (!component.terms.empty()) {
        for (std::size_t bit = 1; bit < sums.size(); bit *= 2) {
            for (std::size_t a = 0; a < sums.size(); ++a) {
                if ((a & bit) != 0) {
                    sums[a] += sums[a ^ bit];
                }
            }
        }
    }
    std::vector<std::size_t> inside(sums.size());
    for (const std::uint32_t domain : component.domains) {
        const Support& own = local_.cut_points(domain);
        for (std::size_t i = 0, bit = 1; i < cut_points.size(); ++i, bit *= 2) {
            const auto place = std::ranges::lower_bound(own, cut_points[i]);
            const std::size_t added = place != own.end() && *place == cut_points[i] ? std::size_t{1} << (place - own.begin()) : 0;
            std::transform(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(bit), inside.begin() + static_cast<std::ptrdiff_t>(bit),
                           [added](std::size_t a) { return a | added; });
        }
        const std::vector<Integer>& values = form.tables.at(domain);
        for (std::size_t a = 0; a < sums.size(); ++a) {
            sums[a] += values[inside[a]];
        }
    }
    return sums;
}

}  // namespace lutra
