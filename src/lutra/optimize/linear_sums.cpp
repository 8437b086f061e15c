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

/// Shares among the columns of a group and adds what comes of it to the result. `number_of` is for numbers of operands within the group.
void share_group(const Circuit& circuit, const LinearSums& sums, const std::vector<std::uint32_t>& group, const ShareOptions& options,
                 std::vector<std::uint32_t>& number_of, SharedTerms& shared) {
    if (group.size() == 1 && sums.columns[group[0]].size() < 3) {
        shared.columns[group[0]] = sums.columns[group[0]];
        return;
    }
    std::vector<std::uint32_t> operands;
    for (const std::uint32_t c : group) {
        for (const SignedTerm& term : sums.columns[c]) {
            operands.push_back(term.node);
        }
    }
    std::ranges::sort(operands);
    operands.erase(std::ranges::unique(operands).begin(), operands.end());
    std::vector<int> widths;
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
        number_of[operands[i]] = i;
        const Interval& interval = circuit.interval(sums.operands[operands[i]]);
        widths.push_back(smallest_type(interval.low, interval.high, 0).width);
    }
    std::vector<TermColumn> columns;
    for (const std::uint32_t c : group) {
        columns.push_back(sums.columns[c]);
        for (SignedTerm& term : columns.back()) {
            term.node = number_of[term.node];
        }
    }
    SharedTerms found = share_terms(widths, std::move(columns), options);
    const std::uint32_t first_node = shared.num_operands + static_cast<std::uint32_t>(shared.nodes.size());
    const auto renumber = [&](TermColumn& terms) {
        for (SignedTerm& term : terms) {
            term.node = term.node < found.num_operands ? operands[term.node] : term.node - found.num_operands + first_node;
        }
    };
    for (TermColumn& node : found.nodes) {
        renumber(node);
        shared.nodes.push_back(std::move(node));
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        renumber(found.columns[i]);
        shared.columns[group[i]] = std::move(found.columns[i]);
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
    }
    sums.shared = {static_cast<std::uint32_t>(sums.operands.size()), {}, {}};
    find_groups(sums);
    return sums;
}

SharedTerms share_terms(const Circuit& circuit, const LinearSums& sums, const std::function<std::optional<ShareOptions>(std::size_t group)>& options_of) {
    std::vector<std::vector<std::uint32_t>> columns_of(sums.num_groups);
    std::size_t num_terms = 0;
    for (std::uint32_t c = 0; c < sums.columns.size(); ++c) {
        columns_of[sums.group_of[c]].push_back(c);
        num_terms += sums.columns[c].size();
    }
    constexpr std::size_t max_tried_terms = 10'000;
    SharedTerms shared{.num_operands = static_cast<std::uint32_t>(sums.operands.size()), .nodes = {}, .columns = {}};
    shared.columns.resize(sums.columns.size());
    std::vector<std::uint32_t> number_of(sums.operands.size());
    for (std::size_t group = 0; group < sums.num_groups; ++group) {
        std::optional<ShareOptions> options = options_of(group);
        if (!options) {
            for (const std::uint32_t c : columns_of[group]) {
                shared.columns[c] = sums.columns[c];
            }
            continue;
        }
        const std::size_t num_group_terms = std::accumulate(columns_of[group].begin(), columns_of[group].end(), std::size_t{0},
                                                            [&](std::size_t sum, std::uint32_t c) { return sum + sums.columns[c].size(); });
        options->max_pairs = options->max_pairs * num_group_terms / std::max<std::size_t>(num_terms, 1);
        options->max_tried_pairs = num_terms <= max_tried_terms ? options->max_tried_pairs : 0;
        share_group(circuit, sums, columns_of[group], *options, number_of, shared);
    }
    return shared;
}

}  // namespace lutra
