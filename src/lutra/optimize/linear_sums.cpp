#include "lutra/optimize/linear_sums.h"

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
    }
    sums.shared = {static_cast<std::uint32_t>(sums.operands.size()), {}, {}};
    find_groups(sums);
    return sums;
}

SharedTerms share_terms(const Circuit& circuit, const LinearSums& sums) {
    std::vector<int> widths;
    for (const Wire operand : sums.operands) {
        const Interval& interval = circuit.interval(operand);
        widths.push_back(smallest_type(interval.low, interval.high, 0).width);
    }
    return share_terms(widths, sums.columns);
}

}  // namespace lutra
