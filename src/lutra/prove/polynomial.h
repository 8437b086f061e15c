#pragma once

/// Polynomials over bits with exact integer coefficients. x * x = x, so each function of bits has exactly one polynomial: two functions are equal
/// modulo m, if and only if all coefficients are equal modulo m.

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "lutra/num/integer.h"

namespace lutra {

/// A product of different variables, largest first; without any, the number 1.
struct Monomial {
    static constexpr int max_variables = 12;
    std::uint32_t num_variables = 0;
    std::array<std::uint32_t, max_variables> variables{};

    static Monomial of(std::uint32_t variable) { return {1, {variable}}; }
    bool is_one() const { return num_variables == 0; }
    std::span<const std::uint32_t> all() const { return {variables.data(), num_variables}; }
    std::uint32_t largest() const { return variables[0]; }
    /// Nothing when it would have too many variables.
    static std::optional<Monomial> product(const Monomial& a, const Monomial& b);

    friend bool operator==(const Monomial&, const Monomial&) = default;
    /// By the largest variable first, so that in a polynomial all monomials with its largest variable stand together at the end.
    friend std::strong_ordering operator<=>(const Monomial& a, const Monomial& b);
};

/// A sum of monomials, each with a coefficient that is not zero. One that would become too large is broken: nothing can be said of it.
class Polynomial {
public:
    Polynomial() = default;
    explicit Polynomial(const Integer& constant) { add(Monomial{}, constant); }
    static Polynomial variable(std::uint32_t v) {
        Polynomial p;
        p.add(Monomial::of(v), 1);
        return p;
    }
    static Polynomial broken() {
        Polynomial p;
        p.is_broken_ = true;
        return p;
    }

    bool is_broken() const { return is_broken_; }
    bool is_zero() const { return !is_broken_ && terms_.empty(); }
    std::map<Monomial, Integer>& terms() { return terms_; }
    const std::map<Monomial, Integer>& terms() const { return terms_; }
    Integer coefficient(const Monomial& monomial) const;
    Integer constant() const { return coefficient(Monomial{}); }

    void add(const Monomial& monomial, const Integer& coefficient);
    /// this += factor * other.
    void add(const Polynomial& other, const Integer& factor);
    static Polynomial product(const Polynomial& a, const Polynomial& b);

    /// Leaves out what is 0 modulo 2^width, and takes the other coefficients into (-2^(width-1), 2^(width-1)].
    void reduce_modulo(int width);
    /// Bounds for all values of the variables, each monomial taken for itself.
    Integer lowest() const;
    Integer highest() const;

private:
    static constexpr std::size_t max_terms = 1 << 16;
    static constexpr std::size_t max_products = 1 << 12;
    std::map<Monomial, Integer> terms_;
    bool is_broken_ = false;
};

}  // namespace lutra
