#pragma once

/// Many sums of shifted terms at once: two-term patterns that occur again and again are computed once.

#include <cstdint>
#include <vector>

namespace lutra {

/// +-(value of node * 2^shift).
struct SignedTerm {
    std::uint32_t node = 0;
    int shift = 0;
    bool is_negative = false;

    friend bool operator==(const SignedTerm&, const SignedTerm&) = default;
};

/// The terms of one sum.
using TermColumn = std::vector<SignedTerm>;

/// The value a + b of two terms.
struct SharedNode {
    SignedTerm a;
    SignedTerm b;

    friend bool operator==(const SharedNode&, const SharedNode&) = default;
};

/// Sums over operands and shared nodes. Node k < num_operands is an operand; node num_operands + i is nodes[i], which uses earlier
/// nodes only.
struct SharedTerms {
    std::uint32_t num_operands = 0;
    std::vector<SharedNode> nodes;
    std::vector<TermColumn> columns;

    friend bool operator==(const SharedTerms&, const SharedTerms&) = default;
};

/// Greedy sharing: takes the pattern `a +- b * 2^d` with the most occurrences in all columns, weighted by the bits in which a and b
/// overlap, makes it a node, replaces it, until none occurs twice (Hartley, "Subexpression sharing in filters using canonic signed digit
/// multipliers", IEEE TCAS-II 43, 1996). Patterns of equal weight are taken in an order that only the arguments decide.
///
/// An occurrence stays as it is where a column could no longer be added up in one level of two-operand adders more than it needs without
/// sharing. At most `max_pairs` pairs of terms are held at once: with more, only operands with near numbers are paired.
SharedTerms share_terms(const std::vector<int>& operand_widths, std::vector<TermColumn> columns, std::uint64_t max_pairs = 4'000'000);

}  // namespace lutra
