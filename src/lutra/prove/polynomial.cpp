#include "lutra/prove/polynomial.h"

#include <algorithm>

namespace lutra {

std::strong_ordering operator<=>(const Monomial& a, const Monomial& b) {
    return std::lexicographical_compare_three_way(a.variables.begin(), a.variables.begin() + a.num_variables, b.variables.begin(),
                                                  b.variables.begin() + b.num_variables);
}

std::optional<Monomial> Monomial::product(const Monomial& a, const Monomial& b) {
    Monomial result;
    std::uint32_t i = 0;
    std::uint32_t j = 0;
    while (i < a.num_variables || j < b.num_variables) {
        const bool takes_a = j == b.num_variables || (i < a.num_variables && a.variables[i] >= b.variables[j]);
        const std::uint32_t variable = takes_a ? a.variables[i] : b.variables[j];
        i += i < a.num_variables && a.variables[i] == variable ? 1 : 0;
        j += j < b.num_variables && b.variables[j] == variable ? 1 : 0;
        if (result.num_variables == max_variables) {
            return std::nullopt;
        }
        result.variables[result.num_variables++] = variable;
    }
    return result;
}

Integer Polynomial::coefficient(const Monomial& monomial) const {
    const auto found = terms_.find(monomial);
    return found == terms_.end() ? Integer(0) : found->second;
}

void Polynomial::add(const Monomial& monomial, const Integer& coefficient) {
    if (coefficient.is_zero() || is_broken_) {
        return;
    }
    const auto [place, is_new] = terms_.try_emplace(monomial, coefficient);
    if (!is_new) {
        place->second += coefficient;
        if (place->second.is_zero()) {
            terms_.erase(place);
        }
    }
    is_broken_ = terms_.size() > max_terms;
}

void Polynomial::add(const Polynomial& other, const Integer& factor) {
    if (factor.is_zero()) {
        return;
    }
    is_broken_ = is_broken_ || other.is_broken_;
    for (const auto& [monomial, coefficient] : other.terms_) {
        add(monomial, coefficient * factor);
    }
}

Polynomial Polynomial::product(const Polynomial& a, const Polynomial& b) {
    Polynomial result;
    result.is_broken_ = a.is_broken_ || b.is_broken_ || a.terms_.size() * b.terms_.size() > max_products;
    if (result.is_broken_) {
        return broken();
    }
    for (const auto& [left, left_coefficient] : a.terms_) {
        for (const auto& [right, right_coefficient] : b.terms_) {
            const auto monomial = Monomial::product(left, right);
            if (!monomial || result.is_broken_) {
                return broken();
            }
            result.add(*monomial, left_coefficient * right_coefficient);
        }
    }
    return result;
}

void Polynomial::reduce_modulo(int width) {
    const Integer half = width > 0 ? Integer::power_of_two(width - 1) : Integer(0);
    for (auto term = terms_.begin(); term != terms_.end();) {
        Integer reduced = term->second.low_bits(width);
        if (reduced > half) {
            reduced -= Integer::power_of_two(width);
        }
        term->second = reduced;
        term = reduced.is_zero() ? terms_.erase(term) : std::next(term);
    }
}

Integer Polynomial::lowest() const {
    Integer bound = 0;
    for (const auto& [monomial, coefficient] : terms_) {
        bound += monomial.is_one() || coefficient.sign() < 0 ? coefficient : Integer(0);
    }
    return bound;
}

Integer Polynomial::highest() const {
    Integer bound = 0;
    for (const auto& [monomial, coefficient] : terms_) {
        bound += monomial.is_one() || coefficient.sign() > 0 ? coefficient : Integer(0);
    }
    return bound;
}

}  // namespace lutra
