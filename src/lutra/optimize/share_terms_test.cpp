#include "lutra/optimize/share_terms.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/remove_dead.h"

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
    const SharedTerms shared = share_terms(4, {column({{0, 0, false}, {0, 2, false}, {1, 0, false}}), column({{0, 0, false}, {0, 2, false}, {2, 0, true}}),
                                               column({{0, 1, false}, {0, 3, false}, {3, 0, false}})});
    ASSERT_EQ(shared.nodes.size(), 1U);
    EXPECT_EQ(shared.nodes[0].b.shift, 2);
    for (const TermColumn& terms : shared.columns) {
        EXPECT_EQ(terms.size(), 2U);
        EXPECT_EQ(terms[0].node, 4U);
    }
    EXPECT_EQ(shared.columns[2][0].shift, 1);
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
