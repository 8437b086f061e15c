#include <algorithm>
#include <bit>
#include <functional>

#include "lutra/prove/exact_form.h"

namespace lutra {

/// Those that are to become tables.
std::vector<ExactForms::Component> ExactForms::components_of(const ExactForm& form, Folded folded) {
    constexpr std::size_t max_folded = LocalFunctions::max_support + 2;
    if (folded == Folded::Tables && form.tables.empty()) {
        return {};
    }
    const auto word_of = [&](std::uint32_t n) { return local_.place_of(n).word; };
    const auto is_of_nodes = [&](const Monomial& monomial) {
        return !monomial.is_one() && std::ranges::all_of(monomial.all(), [&](std::uint32_t variable) { return variables_.is_node(variable); });
    };
    words_.clear();
    for (const auto& [domain, values] : form.tables) {
        words_.join(local_.cut_points(domain), word_of);
    }
    std::vector<const Term*> terms;
    for (const auto& term : form.polynomial.terms()) {
        if (is_of_nodes(term.first)) {
            terms.push_back(&term);
            words_.join(term.first.all(), word_of);
        }
    }
    std::vector<Component> found(words_.size());
    for (const auto& [domain, values] : form.tables) {
        found[words_.part_of(word_of(local_.cut_points(domain)[0]))].domains.push_back(domain);
    }
    for (const Term* term : terms) {
        found[words_.part_of(word_of(term->first.largest()))].terms.push_back(term);
    }
    std::erase_if(found, [&](const Component& component) {
        const bool is_linear =
            component.domains.empty() && std::ranges::all_of(component.terms, [](const Term* term) { return term->first.num_variables == 1; });
        return (component.terms.empty() && component.domains.empty()) || (folded == Folded::Products && is_linear) ||
               (folded == Folded::Tables && (component.domains.empty() || component.terms.empty()));
    });
    for (Component& component : found) {
        add_cut_points(component);
    }
    std::erase_if(found, [](const Component& component) { return component.cut_points.size() > max_folded; });
    return found;
}

void ExactForms::add_cut_points(Component& component) const {
    Support& all = component.cut_points;
    for (const std::uint32_t domain : component.domains) {
        all.insert(all.end(), local_.cut_points(domain).begin(), local_.cut_points(domain).end());
    }
    for (const Term* term : component.terms) {
        all.insert(all.end(), term->first.all().begin(), term->first.all().end());
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
}

/// `target` is the form, or a copy of it.
void ExactForms::fold(ExactForm& target, const ExactForm& form, std::span<const Component> components) {
    std::vector<std::pair<std::uint32_t, std::vector<Integer>>> tables;
    std::vector<Monomial> written;
    for (const Component& component : components) {
        const std::uint32_t whole = local_.domain_of(component.cut_points);
        tables.emplace_back(whole, values_of(form, component, local_.cut_points(whole)));
        std::ranges::transform(component.terms, std::back_inserter(written), [](const Term* term) { return term->first; });
    }
    for (const Component& component : components) {
        std::ranges::for_each(component.domains, [&](std::uint32_t domain) { target.tables.erase(domain); });
    }
    for (auto& [domain, values] : tables) {
        std::vector<Integer>& sums = target.tables[domain];  // of another component, too, where a domain holds the words of both
        if (sums.empty()) {
            sums = std::move(values);
        } else {
            std::ranges::transform(sums, values, sums.begin(), std::plus());
        }
    }
    for (const Monomial& monomial : written) {
        target.polynomial.terms().erase(monomial);
    }
}

void ExactForms::fold(ExactForm& form, Folded what) { fold(form, form, components_of(form, what)); }

std::optional<ExactForm> ExactForms::folded(const ExactForm& form, Folded what) {
    const std::vector<Component> components = components_of(form, what);
    if (components.empty()) {
        return std::nullopt;
    }
    ExactForm result = form;
    fold(result, form, components);
    return result;
}

namespace {

template <typename Number>
void sum_over_subsets_of(std::vector<Number>& sums) {
    for (std::size_t bit = 1; bit < sums.size(); bit *= 2) {
        for (std::size_t begin = bit; begin < sums.size(); begin += 2 * bit) {
            for (std::size_t a = begin; a < begin + bit; ++a) {
                sums[a] += sums[a - bit];
            }
        }
    }
}

}  // namespace

void sum_over_subsets(std::vector<Integer>& sums) {
    const int max_length = 62 - std::bit_width(sums.size());  // then no sum has more than 62 bits
    if (!std::ranges::all_of(sums, [&](const Integer& sum) { return sum.bit_length() <= max_length; })) {
        sum_over_subsets_of(sums);
        return;
    }
    std::vector<std::int64_t> narrow(sums.size());
    std::ranges::transform(sums, narrow.begin(), [](const Integer& sum) { return sum.to_int64(); });
    sum_over_subsets_of(narrow);
    std::ranges::copy(narrow, sums.begin());
}

/// What the component adds, for all assignments of these cut points.
std::vector<Integer> ExactForms::values_of(const ExactForm& form, const Component& component, const Support& cut_points) const {
    const auto place_of = [&](std::uint32_t n) { return std::ranges::lower_bound(cut_points, n) - cut_points.begin(); };
    std::vector<Integer> sums(std::size_t{1} << cut_points.size());
    for (const Term* term : component.terms) {
        std::size_t mask = 0;
        for (const std::uint32_t variable : term->first.all()) {
            mask |= std::size_t{1} << place_of(variable);
        }
        sums[mask] += term->second;
    }
    if (!component.terms.empty()) {
        sum_over_subsets(sums);
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
