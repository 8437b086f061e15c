#include "lutra/optimize/linear_sums.h"

#include <algorithm>
#include <numeric>

#include "lutra/optimize/rebuild.h"
#include "lutra/optimize/signed_digits.h"

namespace lutra {

namespace {

TermColumn digits_of(const std::map<std::uint32_t, Integer>& coefficients, int window) {
    TermColumn column;
    for (const auto& [number, coefficient] : coefficients) {
        for (const SignedDigit& digit : signed_digits(coefficient)) {
            if (digit.shift < window) {  // higher digits vanish modulo 2^window
                column.push_back({.node = number, .shift = digit.shift, .is_negative = digit.is_negative});
            }
        }
    }
    return column;
}

/// Numbers the groups of columns that operands connect, in the order of their first columns.
void find_groups(LinearSums& sums) {
    std::vector<std::uint32_t> parent(sums.operands.size());
    std::iota(parent.begin(), parent.end(), 0U);
    const auto root = [&](std::uint32_t i) {
        while (parent[i] != i) {
            i = parent[i] = parent[parent[i]];
        }
        return i;
    };
    for (const TermColumn& column : sums.columns) {
        for (const SignedTerm& term : column) {
            parent[root(term.node)] = root(column[0].node);
        }
    }
    std::map<std::uint32_t, std::size_t> number_of;
    for (const TermColumn& column : sums.columns) {
        if (column.empty()) {
            sums.group_of.push_back(sums.num_groups++);
            continue;
        }
        const auto [place, is_new] = number_of.try_emplace(root(column[0].node), sums.num_groups);
        sums.num_groups += is_new ? 1 : 0;
        sums.group_of.push_back(place->second);
    }
}

}  // namespace

LinearSums collect_sums(const Circuit& circuit) {
    LinearSums sums;
    sums.is_live = live_wires(circuit);
    std::map<std::uint32_t, std::uint32_t> number_of;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        if (circuit[wire].kind != PrimitiveKind::Sum || !sums.is_live[wire.index]) {
            continue;
        }
        std::map<std::uint32_t, Integer> coefficients;  // operands that occur twice are joined
        for (std::size_t i = 0; i < circuit.operands(wire).size(); ++i) {
            const Wire operand = circuit.operands(wire)[i];
            const auto [place, is_new] = number_of.try_emplace(operand.index, static_cast<std::uint32_t>(sums.operands.size()));
            if (is_new) {
                sums.operands.push_back(operand);
            }
            coefficients[place->second] += circuit.coefficients(wire)[i];
        }
        sums.column_of[wire.index] = sums.columns.size();
        sums.columns.push_back(digits_of(coefficients, circuit.type(wire).width));
        sums.num_terms += sums.columns.back().size();
    }
    sums.shared = {static_cast<std::uint32_t>(sums.operands.size()), {}, {}};
    find_groups(sums);
    return sums;
}

std::vector<std::vector<std::uint32_t>> LinearSums::columns_of_groups() const {
    std::vector<std::vector<std::uint32_t>> groups(num_groups);
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        groups[group_of[c]].push_back(c);
    }
    return groups;
}

GroupTerms share_group(const Circuit& circuit, const LinearSums& sums, const std::vector<std::uint32_t>& group, ShareOptions options) {
    constexpr std::size_t max_tried_terms = 10'000;
    GroupTerms result;
    std::vector<TermColumn> columns;
    for (const std::uint32_t c : group) {
        columns.push_back(sums.columns[c]);
        for (const SignedTerm& term : columns.back()) {
            result.operands.push_back(term.node);
        }
    }
    const std::size_t num_group_terms = result.operands.size();
    std::ranges::sort(result.operands);
    result.operands.erase(std::ranges::unique(result.operands).begin(), result.operands.end());
    for (TermColumn& column : columns) {
        for (SignedTerm& term : column) {
            term.node = static_cast<std::uint32_t>(std::ranges::lower_bound(result.operands, term.node) - result.operands.begin());
        }
    }
    if (columns.size() == 1 && columns[0].size() < 3) {
        result.terms = {static_cast<std::uint32_t>(result.operands.size()), {}, std::move(columns)};
        return result;
    }
    std::vector<int> widths;
    for (const std::uint32_t operand : result.operands) {
        const Interval& interval = circuit.interval(sums.operands[operand]);
        widths.push_back(smallest_type(interval.low, interval.high, 0).width);
    }
    options.max_pairs = options.max_pairs * num_group_terms / std::max<std::size_t>(sums.num_terms, 1);
    options.max_tried_pairs = sums.num_terms <= max_tried_terms ? options.max_tried_pairs : 0;
    result.terms = share_terms(widths, std::move(columns), options);
    return result;
}

void append_group(const GroupTerms& found, const std::vector<std::uint32_t>& group, SharedTerms& shared) {
    const std::uint32_t first_node = shared.num_operands + static_cast<std::uint32_t>(shared.nodes.size());
    const auto renumbered = [&](TermColumn terms) {
        for (SignedTerm& term : terms) {
            term.node = term.node < found.terms.num_operands ? found.operands[term.node] : term.node - found.terms.num_operands + first_node;
        }
        return terms;
    };
    for (const TermColumn& node : found.terms.nodes) {
        shared.nodes.push_back(renumbered(node));
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        shared.columns[group[i]] = renumbered(found.terms.columns[i]);
    }
}

SharedTerms share_terms(const Circuit& circuit, const LinearSums& sums, const ShareOptions& options) {
    SharedTerms shared{.num_operands = static_cast<std::uint32_t>(sums.operands.size()), .nodes = {}, .columns = sums.columns};
    for (const std::vector<std::uint32_t>& group : sums.columns_of_groups()) {
        append_group(share_group(circuit, sums, group, options), group, shared);
    }
    return shared;
}

}  // namespace lutra
