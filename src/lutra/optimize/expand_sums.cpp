#include "lutra/optimize/expand_sums.h"

#include <algorithm>
#include <functional>
#include <array>

#include "lutra/optimize/adder_row.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

/// The terms of a sum as rows, in units of the result's last bit.
std::vector<SignedRow> rows_of(CircuitRewriter& rewriter, const Circuit& circuit, Wire wire) {
    CircuitBuilder& builder = rewriter.builder();
    const int fraction = circuit.type(wire).fraction;
    std::vector<SignedRow> rows;
    for (std::size_t i = 0; i < circuit.operands(wire).size(); ++i) {
        const Wire operand = rewriter.now(circuit.operands(wire)[i]);
        const Wire integer = builder.scale(operand, builder.type(operand).fraction - fraction);
        for (const SignedDigit& digit : signed_digits(circuit.coefficients(wire)[i])) {
            rows.push_back({builder.scale(integer, digit.shift), digit.is_negative});
        }
    }
    if (const Integer& constant = circuit.constant(wire); !constant.is_zero()) {
        rows.push_back({builder.constant(Dyadic(constant, -fraction))});
    }
    return rows;
}

/// Adds the rows in pairs of neighbours by weight until one is left.
SignedRow add_tree(CircuitBuilder& builder, std::vector<SignedRow> rows) {
    while (rows.size() > 1) {
        std::ranges::stable_sort(rows, std::greater<>(), [&](const SignedRow& row) { return builder.type(row.wire).fraction; });
        std::vector<SignedRow> next;
        for (std::size_t i = 0; i + 1 < rows.size(); i += 2) {
            next.push_back(add_rows(builder, rows[i], rows[i + 1]));
        }
        if (rows.size() % 2 == 1) {
            next.push_back(rows.back());
        }
        rows = std::move(next);
    }
    return rows[0];
}

Wire negate_row(CircuitBuilder& builder, Wire wire) {
    const Interval value = builder.interval(wire);
    const Interval all = hull(value, value * Integer(-1));
    const FixedPointType type = smallest_type(all.low, all.high, builder.type(wire).fraction);
    const std::array operands = {builder.extend(wire, type)};
    return builder.append({.kind = PrimitiveKind::Negate, .type = type, .operands = operands});
}

Wire expand(CircuitRewriter& rewriter, const Circuit& circuit, Wire wire) {
    CircuitBuilder& builder = rewriter.builder();
    const std::vector<SignedRow> rows = rows_of(rewriter, circuit, wire);
    const FixedPointType& type = circuit.type(wire);
    if (rows.empty()) {
        return builder.wrap(builder.align(builder.constant(0), type.fraction), type);
    }
    const SignedRow sum = add_tree(builder, rows);
    const Wire positive = sum.is_negative ? negate_row(builder, sum.wire) : sum.wire;
    return builder.wrap(builder.align(positive, type.fraction), type);
}

}  // namespace

std::vector<SignedDigit> signed_digits(const Integer& value) {
    std::vector<SignedDigit> digits;
    Integer rest = value;
    for (int shift = 0; !rest.is_zero();) {
        const int zeros = rest.trailing_zeros();
        rest = rest >> zeros;
        shift += zeros;
        const bool is_negative = rest.bit(1);  // ...11: subtract one now, add one two places up
        digits.push_back({shift, is_negative});
        rest = is_negative ? rest + Integer(1) : rest - Integer(1);
    }
    return digits;
}

Circuit expand_sums(const Circuit& circuit) {
    CircuitRewriter rewriter(circuit);
    const auto is_live = live_wires(circuit);
    for (std::uint32_t i = 0; i < circuit.size(); ++i) {
        const Wire wire{i};
        if (!is_live[i]) {
            continue;
        }
        if (circuit[wire].kind == PrimitiveKind::Sum) {
            rewriter.follow_origin(wire);
            rewriter.replace(wire, expand(rewriter, circuit, wire));
        } else {
            rewriter.copy(wire);
        }
    }
    return rewriter.finish();
}

}  // namespace lutra
