#include <gtest/gtest.h>

#include <array>
#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/latency.h"
#include "lutra/optimize/circuits_for_tests.h"
#include "lutra/optimize/compose_tables.h"
#include "lutra/optimize/delay_clamps.h"
#include "lutra/optimize/expand_sums.h"
#include "lutra/optimize/pipeline.h"
#include "lutra/optimize/primitive_cost.h"
#include "lutra/optimize/remove_dead.h"
#include "lutra/optimize/share_sums.h"
#include "lutra/optimize/signed_digits.h"
#include "lutra/optimize/subtract_score.h"

namespace lutra {
namespace {

/// A sum of three inputs with coefficients of several digits.
Circuit weighted_sum() {
    CircuitBuilder builder;
    std::vector<Wire> x;
    std::vector<LinearTerm> terms;
    for (const int coefficient : {7, -23, -1}) {
        x.push_back(builder.input({true, 6, 2}));
        terms.push_back({x.back(), coefficient});
    }
    builder.add_input({"x", {3}, x});
    builder.add_output({"y", {1}, {builder.sum(terms, Dyadic(5))}});
    return builder.finish();
}

TEST(ShareSums, KeepsTheValuesOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        expect_equal_outputs(circuit, share_sums(circuit), static_cast<std::uint64_t>(seed));
    }
}

TEST(ShareSums, ComputesACommonPartOnceWhereItIsAskedTo) {
    CircuitBuilder builder;
    std::vector<Wire> x;
    for (int i = 0; i < 5; ++i) {
        x.push_back(builder.input({true, 6, 0}));
    }
    builder.add_input({"x", {5}, x});
    std::vector<Wire> sums;
    for (std::size_t i = 2; i < x.size(); ++i) {
        const std::array terms = {LinearTerm{x[0], 1}, LinearTerm{x[1], 8}, LinearTerm{x[i], 1}};
        sums.push_back(builder.sum(terms, 0));
    }
    builder.add_output({"y", {3}, sums});
    const Circuit circuit = builder.finish();
    const Circuit shared = share_sums(circuit);
    expect_equal_outputs(circuit, shared, 1);
    EXPECT_EQ(count(shared, PrimitiveKind::Sum), 4);
    const SumSharing sharing(circuit, {std::nullopt, ShareOptions{}});
    ASSERT_EQ(sharing.num_groups(), 1U);
    EXPECT_EQ(sharing.circuit(std::array<std::size_t, 1>{0}), circuit);
    EXPECT_EQ(sharing.circuit(std::array<std::size_t, 1>{1}), shared);
}

TEST(DelayClamps, KeepsTheValuesOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        expect_equal_outputs(circuit, delay_clamps(circuit), static_cast<std::uint64_t>(seed));
    }
}

/// round(relu(7 x0 - 23 x1 - x2 + 5)) to an integer, half up; the ReLU is an output too where it is asked for.
Circuit rounded_relu(bool relu_is_read) {
    CircuitBuilder builder;
    std::vector<Wire> x;
    std::vector<LinearTerm> terms;
    for (const int coefficient : {7, -23, -1}) {
        x.push_back(builder.input({true, 6, 2}));
        terms.push_back({x.back(), coefficient});
    }
    const Wire relu = builder.max(builder.sum(terms, Dyadic(5)), builder.constant(0));
    builder.add_input({"x", {3}, x});
    builder.add_output({"y", {1}, {builder.round(relu, 0, Rounding::HalfUp)}});
    if (relu_is_read) {
        builder.add_output({"relu", {1}, {relu}});
    }
    return builder.finish();
}

TEST(DelayClamps, JoinsTheConstantsBeforeAndAfterARelu) {
    const Circuit circuit = rounded_relu(false);
    const Circuit delayed = remove_dead(delay_clamps(circuit));
    expect_equal_outputs(circuit, delayed, 1);
    EXPECT_EQ(count(circuit, PrimitiveKind::Sum), 2);
    EXPECT_EQ(count(delayed, PrimitiveKind::Sum), 1);
    EXPECT_EQ(remove_dead(delay_clamps(delayed)), delayed);
}

TEST(DelayClamps, LeavesAClampThatIsReadTwice) {
    const Circuit circuit = rounded_relu(true);
    EXPECT_EQ(remove_dead(delay_clamps(circuit)), remove_dead(circuit));
}

TEST(SignedDigits, AreTheNonAdjacentForm) {
    EXPECT_EQ(signed_digits(7), (std::vector<SignedDigit>{{0, true}, {3, false}}));
    EXPECT_EQ(signed_digits(-23).size(), 3U);
    for (int value = -300; value <= 300; ++value) {
        Integer total = 0;
        int last = -2;
        for (const SignedDigit& digit : signed_digits(value)) {
            total += Integer(digit.is_negative ? -1 : 1) << digit.shift;
            EXPECT_GE(digit.shift, last + 2);
            last = digit.shift;
        }
        EXPECT_EQ(total, Integer(value));
    }
}

TEST(ExpandSums, MakesOneRowLessThanThereAreDigits) {
    const Circuit circuit = weighted_sum();
    const Circuit expanded = expand_sums(circuit, {.share_terms = false});
    EXPECT_EQ(count(expanded, PrimitiveKind::Sum), 0);
    EXPECT_EQ(count(expanded, PrimitiveKind::Add) + count(expanded, PrimitiveKind::Subtract) + count(expanded, PrimitiveKind::Negate), 6);
    expect_equal_outputs(circuit, expanded, 1);
}

TEST(ExpandSums, LeavesACircuitWithoutSumsAndItsOwnResultAlone) {
    const Circuit once = remove_dead(expand_sums(weighted_sum()));
    EXPECT_EQ(expand_sums(once), once);
}

TEST(ExpandSums, KeepsTheOutputsOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        for (const bool share : {false, true}) {
            const Circuit expanded = expand_sums(circuit, {.share_terms = share});
            EXPECT_EQ(count(expanded, PrimitiveKind::Sum), 0);
            expect_equal_outputs(circuit, expanded, static_cast<std::uint64_t>(seed));
        }
    }
}

TEST(RemoveDead, RemovesWhatNoOutputNeeds) {
    CircuitBuilder builder;
    const Wire x = builder.input({false, 4, 0});
    builder.multiply(x, x);
    builder.add_input({"x", {1}, {x}});
    builder.add_output({"y", {1}, {x}});
    const Circuit circuit = builder.finish();
    EXPECT_EQ(remove_dead(circuit).size(), 1U);
    EXPECT_EQ(remove_dead(remove_dead(circuit)), remove_dead(circuit));
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit random = random_combinational(seed);
        expect_equal_outputs(random, remove_dead(random), static_cast<std::uint64_t>(seed));
    }
}

TEST(Pipeline, IsBalancedAndKeepsTheOutputs) {
    const CostModel model(find_device("ecp5-25").value());
    const DelayFunction delay = [&](const Circuit& circuit, Wire wire) { return primitive_delay_ns(circuit, wire, model); };
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        const Circuit fast = pipeline_for_delay(circuit, delay, 3.0);
        EXPECT_FALSE(check_balanced(fast)) << seed;
        expect_equal_outputs(circuit, fast, static_cast<std::uint64_t>(seed));
        const Circuit three = pipeline_for_stages(circuit, delay, 3);
        EXPECT_FALSE(check_balanced(three)) << seed;
        expect_equal_outputs(circuit, three, static_cast<std::uint64_t>(seed));
    }
}

TEST(Pipeline, TakesMoreStagesForAFasterClock) {
    const CostModel model(find_device("ecp5-25").value());
    const DelayFunction delay = [&](const Circuit& circuit, Wire wire) { return primitive_delay_ns(circuit, wire, model); };
    const Circuit expanded = expand_sums(weighted_sum());
    EXPECT_EQ(latency_cycles(pipeline_for_delay(expanded, delay, 1000.0)), 1);
    EXPECT_GT(latency_cycles(pipeline_for_delay(expanded, delay, 1.0)), 2);
    EXPECT_EQ(latency_cycles(pipeline_for_stages(expanded, delay, 4)), 4);
}

/// The index of the largest of some sums of the same inputs.
Circuit argmax_of_sums(std::uint64_t seed, int num_classes) {
    std::mt19937_64 random(seed);
    CircuitBuilder builder;
    std::vector<Wire> x;
    for (int i = 0; i < 6; ++i) {
        x.push_back(builder.input({true, 6, 2}));
    }
    builder.add_input({"x", {6}, x});
    std::vector<Wire> scores;
    for (int c = 0; c < num_classes; ++c) {
        std::vector<LinearTerm> terms;
        for (const Wire wire : x) {
            terms.push_back({wire, Dyadic(Integer(static_cast<std::int64_t>(random() % 15) + 40), -3)});
        }
        scores.push_back(builder.sum(terms, Dyadic(Integer(static_cast<std::int64_t>(random() % 20)))));
    }
    Wire best = scores[0];
    Wire index = builder.constant(0);
    for (int c = 1; c < num_classes; ++c) {
        index = builder.mux(builder.less(best, scores[static_cast<std::size_t>(c)]), builder.constant(c), index);
        best = builder.max(best, scores[static_cast<std::size_t>(c)]);
    }
    builder.add_output({"y", {1}, {index}});
    return builder.finish();
}

TEST(SubtractScore, LeavesFewerDigitsOfScoresThatAreOnlyCompared) {
    const auto num_digits = [](const Circuit& circuit) {
        std::size_t digits = 0;
        for (Wire wire; wire.index < circuit.size(); ++wire.index) {
            for (const Integer& coefficient : circuit[wire].kind == PrimitiveKind::Sum ? circuit.coefficients(wire) : std::span<const Integer>{}) {
                digits += signed_digits(coefficient).size();
            }
        }
        return digits;
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Circuit circuit = argmax_of_sums(seed, 2 + static_cast<int>(seed % 5));
        const Circuit subtracted = remove_dead(subtract_score(circuit));
        expect_equal_outputs(circuit, subtracted, seed);
        EXPECT_LT(num_digits(subtracted), num_digits(remove_dead(circuit))) << "seed " << seed;
    }
}

TEST(SubtractScore, KeepsTheValuesOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        expect_equal_outputs(circuit, subtract_score(circuit), static_cast<std::uint64_t>(seed));
    }
}

TEST(SubtractScore, LeavesScoresThatAreReadAsNumbers) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 6, 2});
    builder.add_input({"x", {1}, {x}});
    const std::array terms = {LinearTerm{x, 45}};
    const std::array more_terms = {LinearTerm{x, 46}};
    const Wire a = builder.sum(terms, Dyadic(3));
    const Wire b = builder.sum(more_terms, Dyadic(1));
    builder.add_output({"larger", {1}, {builder.less(a, b)}});
    builder.add_output({"a", {1}, {a}});
    const Circuit circuit = builder.finish();
    EXPECT_EQ(subtract_score(circuit), remove_dead(circuit));
}

TEST(ComposeTables, TakeOverTheRoundingOfTheirAddress) {
    CircuitBuilder builder;
    const Wire x = builder.input({true, 9, 4});
    builder.add_input({"x", {1}, {x}});
    const Wire rounded = builder.round(x, 1, Rounding::HalfUp);
    const Wire square = builder.table(rounded, 0, [](const Integer& raw) { return raw * raw; });
    const Wire cube = builder.table(rounded, 0, [](const Integer& raw) { return raw * raw * raw; });
    builder.add_output({"y", {2}, {square, cube}});
    const Circuit circuit = builder.finish();
    const auto num_sums = [](const Circuit& sample) { return count(sample, PrimitiveKind::Sum); };
    const Circuit composed = remove_dead(compose_tables(circuit, num_sums));
    EXPECT_EQ(count(circuit, PrimitiveKind::Sum), 1);
    EXPECT_EQ(count(composed, PrimitiveKind::Sum), 0);
    for (std::int64_t raw = -256; raw < 256; ++raw) {
        const std::vector<Integer> event = {Integer(raw)};
        ASSERT_EQ(evaluate_scalar(composed, event), evaluate_scalar(circuit, event)) << "x = " << raw;
    }
    for (Wire wire; wire.index < composed.size(); ++wire.index) {
        if (composed[wire].kind == PrimitiveKind::Table) {
            EXPECT_EQ(composed.table(wire).entries.size(), 128U);  // the two low bits change nothing
        }
    }
    const Circuit kept = remove_dead(compose_tables(circuit, [&](const Circuit& sample) { return -num_sums(sample); }));
    EXPECT_EQ(kept, remove_dead(circuit));
}

TEST(ComposeTables, KeepsTheValuesOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        const Circuit composed = compose_tables(circuit, [](const Circuit& sample) { return count(sample, PrimitiveKind::Sum); });
        expect_equal_outputs(circuit, composed, static_cast<std::uint64_t>(seed));
    }
}

}  // namespace
}  // namespace lutra
