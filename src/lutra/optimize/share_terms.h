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
};

/// Sums over operands and shared nodes. Node k < num_operands is an operand; node num_operands + i is nodes[i], which uses earlier nodes only.
struct SharedTerms {
    std::uint32_t num_operands = 0;
    std::vector<SharedNode> nodes;
    std::vector<TermColumn> columns;
};

/// Greedy sharing: takes the pattern `a +- b * 2^d` with the most occurrences in all columns, makes it a node, replaces it, until none occurs
/// twice (Hartley, "Subexpression sharing in filters using canonic signed digit multipliers", IEEE TCAS-II 43, 1996). Of equal counts the one
/// of least depth, then of least nodes, is taken, so the result depends on nothing else. At most about `max_pairs` patterns are looked at first;
/// with more digits only near neighbours in a column are paired.
SharedTerms share_terms(std::uint32_t num_operands, std::vector<TermColumn> columns, std::uint64_t max_pairs = 2'000'000);

}  // namespace lutra
