#pragma once

/// Many sums of shifted terms at once: what occurs again and again is computed once.

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

/// Sums over operands and shared nodes. Node k < num_operands is an operand; node num_operands + i is the sum nodes[i] of at least two
/// terms, which uses earlier nodes only.
struct SharedTerms {
    std::uint32_t num_operands = 0;
    std::vector<TermColumn> nodes;
    std::vector<TermColumn> columns;

    friend bool operator==(const SharedTerms&, const SharedTerms&) = default;
};

/// What adding up costs, which decides what is worth sharing.
enum class RowCost {
    Binary,   ///< a row of adders joins two words: each common term saves
    Ternary,  ///< a row joins three words: a common pair must occur three times
};

/// How far share_terms goes.
struct ShareOptions {
    RowCost row_cost = RowCost::Binary;
    int extra_levels = 2;                     ///< levels of two-operand adders that the deepest column may gain; the others may become as deep
    bool derives_columns = true;              ///< a column may be computed from another one and their difference
    bool shares_between_columns = true;       ///< pairs of columns are searched for common terms, besides pairs of terms for common columns
    bool recodes_digits = true;               ///< 4 - 1 may become 2 + 1 where that is shared
    int weight_offset = 0;                    ///< added to the bits that weight a pattern
    std::uint64_t max_pairs = 24'000'000;     ///< pairs of terms that are counted; with more, columns and operands are taken in blocks
    std::uint64_t max_tried_pairs = 400'000;  ///< small blocks are tried several times with other weights, as long as that counts so many pairs
};

/// Greedy sharing. One step takes what saves most, weighted by the bits of operands that overlap:
///
///     a +- b * 2^d in k columns  => a node n = a +- b * 2^d, each of the columns has n instead           (saves k - 1 adders)
///     k terms in two columns, up to a shift and a sign  => a node of these k terms, both have n instead  (saves k - 1 adders)
///
/// The first is Hartley, "Subexpression sharing in filters using canonic signed digit multipliers", IEEE TCAS-II 43, 1996; the second is
/// the first in the transposed matrix. Before, columns become a difference to another column where that has fewer digits (minimum spanning
/// tree: Gustafsson, "Towards optimal multiple constant multiplication: a hypergraph approach", Asilomar 2008). Both run on digits of which
/// pairs 4 - 1 also stand for 2 + 1 until one of both is used. An occurrence stays as it is where sharing it would make a column deeper than
/// allowed. The least adders of several tries count where the sums are few. Only the
/// arguments decide the result.
SharedTerms share_terms(const std::vector<int>& operand_widths, std::vector<TermColumn> columns, const ShareOptions& options = {});

}  // namespace lutra
