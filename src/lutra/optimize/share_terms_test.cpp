#include "lutra/optimize/share_terms.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/signed_digits.h"

namespace lutra {
namespace {

/// How many primitives of a kind a circuit has.
int count(const Circuit& circuit, PrimitiveKind kind) {
    int number = 0;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        number += circuit[wire].kind == kind ? 1 : 0;
    }
    return number;
}

int num_adders(const Circuit& circuit) {
    return count(circuit, PrimitiveKind::Add) + count(circuit, PrimitiveKind::Subtract) + count(circuit, PrimitiveKind::Negate);
}

void expect_equal_results(const Circuit& before, const Circuit& after) {
    const std::size_t num_inputs = flat_wires(before.inputs()).size();
    const auto inputs = random_inputs(before, 20, 1);
    for (std::size_t i = 0; i < inputs.size(); i += num_inputs) {
        const auto event = std::span(inputs).subspan(i, num_inputs);
        ASSERT_EQ(evaluate_scalar(after, event), evaluate_scalar(before, event));
    }
}

/// A sum over inputs of 4 signed bits as the only output.
Circuit sum_circuit(const std::vector<std::vector<int>>& rows, int constant) {
    CircuitBuilder b;
    std::vector<Wire> inputs;
    std::vector<Wire> outputs;
    for (std::size_t i = 0; i < rows[0].size(); ++i) {
        inputs.push_back(b.input({true, 4, 1}));
    }
    for (const auto& row : rows) {
        std::vector<LinearTerm> terms;
        for (std::size_t i = 0; i < row.size(); ++i) {
            terms.push_back({inputs[i], row[i]});
        }
        outputs.push_back(b.sum(terms, constant));
    }
    b.add_input({"x", {static_cast<std::int64_t>(inputs.size())}, inputs});
    b.add_output({"y", {static_cast<std::int64_t>(outputs.size())}, outputs});
    return b.finish();
}

TEST(ShareTerms, ComputesACommonPairOnce) {
    // 5a + b, 5a - c, 10a + d: the node 5a is used thrice.
    const auto column = [](std::vector<SignedTerm> terms) { return terms; };
    const SharedTerms shared =
        share_terms({4, 4, 4, 4}, {column({{0, 0, false}, {0, 2, false}, {1, 0, false}}), column({{0, 0, false}, {0, 2, false}, {2, 0, true}}),
                                   column({{0, 1, false}, {0, 3, false}, {3, 0, false}})});
    ASSERT_EQ(shared.nodes.size(), 1U);
    EXPECT_EQ(shared.nodes[0], (TermColumn{{0, 0, false}, {0, 2, false}}));
    for (const TermColumn& terms : shared.columns) {
        EXPECT_EQ(terms.size(), 2U);
        EXPECT_EQ(terms[1].node, 4U);
    }
    EXPECT_EQ(shared.columns[2][1].shift, 1);
}

TEST(ShareTerms, LeavesColumnsWithNothingInCommonAlone) {
    const std::vector<TermColumn> columns = {{{0, 0, false}, {1, 0, false}}, {{0, 0, false}, {1, 1, false}}, {{0, 0, false}, {1, 0, true}}};
    const SharedTerms shared = share_terms({4, 4}, columns);
    EXPECT_TRUE(shared.nodes.empty());
    EXPECT_EQ(shared.columns, columns);
}

/// Columns of a dense matrix of signed 6-bit weights.
std::vector<TermColumn> random_columns(std::uint32_t num_operands, std::size_t num_columns, unsigned seed) {
    std::minstd_rand random(seed);
    std::vector<TermColumn> columns(num_columns);
    for (TermColumn& column : columns) {
        for (std::uint32_t i = 0; i < num_operands; ++i) {
            for (const SignedDigit& digit : signed_digits(static_cast<int>(random() % 64) - 32)) {
                column.push_back({.node = i, .shift = digit.shift, .is_negative = digit.is_negative});
            }
        }
    }
    return columns;
}

/// The coefficients that a term has over the operands, added to `sum`.
void add_term(const SharedTerms& terms, const SignedTerm& term, const Integer& factor, std::vector<Integer>& sum) {
    const Integer scaled = (term.is_negative ? -factor : factor) << term.shift;
    if (term.node < terms.num_operands) {
        sum[term.node] += scaled;
        return;
    }
    for (const SignedTerm& part : terms.nodes[term.node - terms.num_operands]) {
        add_term(terms, part, scaled, sum);
    }
}

std::vector<Integer> coefficients(const SharedTerms& terms, const TermColumn& column) {
    std::vector<Integer> sum(terms.num_operands, 0);
    for (const SignedTerm& term : column) {
        add_term(terms, term, 1, sum);
    }
    return sum;
}

std::size_t num_adders(const SharedTerms& shared) {
    std::size_t adders = 0;
    for (const auto* sums : {&shared.nodes, &shared.columns}) {
        for (const TermColumn& sum : *sums) {
            adders += sum.empty() ? 0 : sum.size() - 1;
        }
    }
    return adders;
}

/// Levels of two-operand adders that the deepest column needs.
int num_levels(const SharedTerms& shared) {
    std::vector<std::uint64_t> leaves(shared.num_operands, 1);
    const auto leaves_of = [&](const TermColumn& sum) {
        std::uint64_t total = 0;
        for (const SignedTerm& term : sum) {
            total += leaves[term.node];
        }
        return std::bit_ceil(total);
    };
    for (const TermColumn& node : shared.nodes) {
        leaves.push_back(leaves_of(node));
    }
    std::uint64_t most = 1;
    for (const TermColumn& column : shared.columns) {
        most = std::max(most, leaves_of(column));
    }
    return std::bit_width(most) - 1;
}

/// Columns of a dense matrix of weights from 129 to 255.
std::vector<TermColumn> positive_columns(std::uint32_t num_operands, std::size_t num_columns, unsigned seed) {
    std::minstd_rand random(seed);
    std::vector<TermColumn> columns(num_columns);
    for (TermColumn& column : columns) {
        for (std::uint32_t i = 0; i < num_operands; ++i) {
            for (const SignedDigit& digit : signed_digits(static_cast<int>(129 + random() % 127))) {
                column.push_back({.node = i, .shift = digit.shift, .is_negative = digit.is_negative});
            }
        }
    }
    return columns;
}

void expect_same_coefficients(const SharedTerms& shared, const std::vector<TermColumn>& columns) {
    ASSERT_EQ(shared.columns.size(), columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        EXPECT_EQ(coefficients(shared, shared.columns[c]), coefficients(shared, columns[c]));
    }
    for (std::size_t i = 0; i < shared.nodes.size(); ++i) {
        EXPECT_GE(shared.nodes[i].size(), 2U);
        for (const SignedTerm& term : shared.nodes[i]) {
            EXPECT_LT(term.node, shared.num_operands + i);
        }
    }
}

TEST(ShareTerms, KeepsTheCoefficientsOfDenseMatrices) {
    EXPECT_FALSE(share_terms(std::vector<int>(12, 8), random_columns(12, 10, 3)).nodes.empty());
    for (const std::uint64_t max_pairs : {24'000'000U, 400U, 1U}) {  // all at once, in blocks, and single terms
        for (const RowCost row_cost : {RowCost::Binary, RowCost::Ternary}) {
            const ShareOptions options{.row_cost = row_cost, .max_pairs = max_pairs, .max_tried_pairs = 0};
            for (const auto& columns : {random_columns(12, 10, 3), positive_columns(10, 12, 2)}) {
                const SharedTerms shared = share_terms(std::vector<int>(12, 8), columns, options);
                expect_same_coefficients(shared, columns);
                EXPECT_EQ(share_terms(std::vector<int>(12, 8), columns, options), shared);
            }
        }
    }
}

TEST(ShareTerms, KeepsCoefficientsThatDoNotFitInto64Bits) {
    std::vector<TermColumn> columns;
    for (int i = 0; i < 6; ++i) {
        columns.push_back({{0, 0, false}, {0, 70, true}, {1, 100 + i, false}, {2, i, i % 2 == 1}});
    }
    const SharedTerms shared = share_terms({4, 4, 4}, columns);
    expect_same_coefficients(shared, columns);
    EXPECT_FALSE(shared.nodes.empty());
}

TEST(ShareTerms, EachKindOfSharingTakesFewerAdders) {
    const std::vector<TermColumn> columns = positive_columns(16, 16, 5);
    ShareOptions options{.derives_columns = false, .shares_between_columns = false, .recodes_digits = false, .max_tried_pairs = 0};
    std::size_t adders = num_adders(share_terms(std::vector<int>(16, 8), columns, options));
    for (bool ShareOptions::* kind : {&ShareOptions::recodes_digits, &ShareOptions::shares_between_columns, &ShareOptions::derives_columns}) {
        options.*kind = true;
        const std::size_t fewer = num_adders(share_terms(std::vector<int>(16, 8), columns, options));
        EXPECT_LT(fewer, adders);
        adders = fewer;
    }
    EXPECT_LE(adders, 350U);
}

TEST(ShareTerms, ComputesACopyOfAColumnFromTheFirst) {
    const TermColumn column = {{0, 0, false}, {1, 2, true}, {2, 1, false}};
    TermColumn negated = column;
    for (SignedTerm& term : negated) {
        term.is_negative = !term.is_negative;
    }
    const SharedTerms shared = share_terms({4, 4, 4}, {column, negated});
    ASSERT_EQ(shared.nodes.size(), 1U);
    EXPECT_EQ(shared.columns[0], (TermColumn{{3, 0, false}}));
    EXPECT_EQ(shared.columns[1], (TermColumn{{3, 0, true}}));
}

TEST(ShareTerms, ReadsADigitPairInTheOtherWayWhereThatIsShared) {
    // 3a + b as (2a + b) + a, so that 2a + b of the others is used.
    const std::vector<TermColumn> columns = {
        {{0, 0, true}, {0, 2, false}, {1, 0, false}}, {{0, 1, false}, {1, 0, false}, {2, 0, false}}, {{0, 1, false}, {1, 0, false}, {3, 0, false}}};
    const SharedTerms shared = share_terms({4, 4, 4, 4}, columns, {.derives_columns = false});
    expect_same_coefficients(shared, columns);
    EXPECT_EQ(num_adders(shared), 4U);
}

TEST(ShareTerms, FindsNothingMoreInItsOwnResult) {
    const SharedTerms shared = share_terms(std::vector<int>(16, 8), random_columns(16, 16, 1));
    EXPECT_FALSE(shared.nodes.empty());
    std::vector<TermColumn> sums = shared.nodes;
    sums.insert(sums.end(), shared.columns.begin(), shared.columns.end());
    const SharedTerms again = share_terms(std::vector<int>(16 + shared.nodes.size(), 8), sums);
    EXPECT_GE(num_adders(again) + 3, num_adders(shared));
}

TEST(ShareTerms, LetsNoColumnGetDeeperThanAllowed) {
    for (const int extra_levels : {0, 1, 2}) {
        for (unsigned seed = 1; seed <= 3; ++seed) {
            for (const auto& columns : {random_columns(5, 40, seed), positive_columns(8, 8, seed)}) {
                std::size_t largest = 1;
                for (const TermColumn& column : columns) {
                    largest = std::max(largest, column.size());
                }
                const SharedTerms shared = share_terms(std::vector<int>(8, 8), columns, {.extra_levels = extra_levels, .max_tried_pairs = 0});
                expect_same_coefficients(shared, columns);
                EXPECT_LE(num_levels(shared), static_cast<int>(std::bit_width(largest - 1)) + extra_levels);
            }
        }
    }
}

TEST(ExpandSums, TakesOneAdderPerSignedDigitBeyondTheFirst) {
    const Circuit circuit = sum_circuit({{7, 1, -6}}, 0);  // 8a - a + b - 8c + 2c
    const Circuit expanded = expand_sums(circuit);
    EXPECT_EQ(count(expanded, PrimitiveKind::Sum), 0);
    EXPECT_EQ(num_adders(expanded), 4);
    expect_equal_results(circuit, expanded);
    EXPECT_EQ(expanded.type(expanded.outputs()[0].wires[0]), circuit.type(circuit.outputs()[0].wires[0]));
}

TEST(ExpandSums, SubtractsInsteadOfNegating) {
    EXPECT_EQ(count(expand_sums(sum_circuit({{-1, -1, 1}}, 0)), PrimitiveKind::Negate), 0);
    EXPECT_EQ(count(expand_sums(sum_circuit({{-1, -1, -1}}, 9)), PrimitiveKind::Negate), 0);
    EXPECT_EQ(count(expand_sums(sum_circuit({{-1, -1, -1}}, 0)), PrimitiveKind::Negate), 1);
}

TEST(ExpandSums, SharesPartsOfSeveralSums) {
    const Circuit circuit = sum_circuit({{5, 3, 1}, {5, 3, -1}, {10, 6, 3}, {-5, -3, 7}}, 1);
    const Circuit shared = expand_sums(circuit);
    EXPECT_LT(num_adders(shared), num_adders(expand_sums(circuit, {.share_terms = false})));
    expect_equal_results(circuit, shared);
}

std::int64_t adder_bits(const Circuit& circuit) {
    std::int64_t bits = 0;
    for (Wire wire; wire.index < circuit.size(); ++wire.index) {
        const PrimitiveKind kind = circuit[wire].kind;
        const bool is_adder = kind == PrimitiveKind::Add || kind == PrimitiveKind::Subtract || kind == PrimitiveKind::Negate;
        bits += is_adder ? circuit.type(wire).width : 0;
    }
    return bits;
}

TEST(ExpandSums, NeverTakesMoreAdderBitsForSharing) {
    for (int seed = 0; seed < 60; ++seed) {
        const auto random_seed = static_cast<std::uint64_t>(seed);
        const Circuit circuit = random_circuit({.seed = random_seed, .num_primitives = 50, .max_width = 40, .has_registers = false});
        EXPECT_LE(adder_bits(expand_sums(circuit)), adder_bits(expand_sums(circuit, {.share_terms = false}))) << seed;
    }
    std::minstd_rand random(7);
    for (const unsigned density : {1U, 4U, 16U}) {  // of 16 weights
        std::vector<std::vector<int>> rows(12, std::vector<int>(12, 0));
        for (auto& row : rows) {
            std::ranges::generate(row, [&] { return random() % 16 < density ? static_cast<int>(random() % 64) - 32 : 0; });
        }
        const Circuit circuit = sum_circuit(rows, 3);
        const Circuit shared = expand_sums(circuit);
        expect_equal_results(circuit, shared);
        EXPECT_LE(adder_bits(shared), adder_bits(expand_sums(circuit, {.share_terms = false})));
    }
}

TEST(ExpandSums, PutsTermsThatDoNotOverlapBesideEachOther) {
    CircuitBuilder b;
    const Wire x = b.input({false, 4, 0});
    const Wire y = b.input({false, 4, 0});
    const std::vector<LinearTerm> terms = {{x, 1}, {y, 16}};
    const Wire sum = b.sum(terms, 0);
    b.add_input({"x", {2}, {x, y}});
    b.add_output({"y", {1}, {sum}});
    const Circuit circuit = b.finish();
    const Circuit expanded = expand_sums(circuit);
    EXPECT_EQ(num_adders(expanded), 0);
    expect_equal_results(circuit, expanded);
}

TEST(ExpandSums, KeepsTablesBehindSumsWhoseBoundsItCannotProve) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 0}, {-3, 5});
    const std::vector<LinearTerm> terms = {{x, 7}};
    const Wire table = b.table(b.sum(terms, 0), 0, [](const Integer& raw) { return raw * raw; });
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {table}});
    const Circuit circuit = b.finish();
    expect_equal_results(circuit, expand_sums(circuit));
}

}  // namespace
}  // namespace lutra
