#include "lutra/optimize/join_sums.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "lutra/circuit/builder.h"
#include "lutra/optimize/circuits_for_tests.h"
#include "lutra/optimize/remove_dead.h"

namespace lutra {
namespace {

TEST(JoinSums, KeepsTheValuesOfRandomCircuits) {
    for (int seed = 0; seed < num_random_circuits; ++seed) {
        const Circuit circuit = random_combinational(seed);
        expect_equal_outputs(circuit, join_sums(circuit), static_cast<std::uint64_t>(seed));
    }
}

/// floor((coefficient x0 - 23 x1 + 5) / 2^8 + 1 / 2), wrapped to four bits; the sum is an output too where it is asked for.
Circuit rounded_sum(int coefficient, bool sum_is_read) {
    CircuitBuilder builder;
    const std::array x = {builder.input({true, 6, 0}), builder.input({true, 3, 0})};
    const std::array terms = {LinearTerm{x[0], coefficient}, LinearTerm{x[1], -23}};
    const Wire sum = builder.sum(terms, Dyadic(5));
    builder.add_input({"x", {2}, {x[0], x[1]}});
    builder.add_output({"y", {1}, {builder.wrap(builder.round(builder.scale(sum, -8), 0, Rounding::HalfUp), {true, 4, 0})}});
    if (sum_is_read) {
        builder.add_output({"sum", {1}, {sum}});
    }
    return builder.finish();
}

/// Sums of two inputs through moved points, wraps, sums of one term and shifts, of random widths: most lose bits somewhere.
Circuit random_rounding(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto pick = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low + 1)); };
    const auto type = [&] { return FixedPointType{pick(0, 3) > 0, pick(1, 12), 0}; };
    CircuitBuilder builder;
    const std::array x = {builder.input(type()), builder.input(type())};
    builder.add_input({"x", {2}, {x[0], x[1]}});
    const std::array<Integer, 3> weights = {pick(-9, 9) << pick(0, 5), pick(-9, 9), pick(-200, 200)};
    std::vector<Wire> made = {builder.append({.kind = PrimitiveKind::Sum, .type = type(), .operands = x, .integers = weights})};
    for (int i = pick(2, 5); i > 0; --i) {
        const std::array operand = {made.back()};
        FixedPointType next = builder.type(operand[0]);
        const std::array<Integer, 2> move = {pick(0, 2) > 0 ? 1 << pick(0, 2) : -1, pick(-40, 40)};
        switch (pick(0, 3)) {
            case 0:
                next.fraction += pick(-2, 2);
                made.push_back(builder.append({.kind = PrimitiveKind::MovePoint, .type = next, .operands = operand}));
                break;
            case 1:
                next.width = pick(1, 12);
                made.push_back(builder.append({.kind = PrimitiveKind::Wrap, .type = next, .operands = operand}));
                break;
            case 2:
                next.width = pick(1, 12);
                made.push_back(builder.append({.kind = PrimitiveKind::Sum, .type = next, .operands = operand, .integers = move}));
                break;
            default: {
                const int amount = pick(1, 5);
                next.width = pick(1, 10);
                next.fraction -= amount;
                made.push_back(
                    builder.append({.kind = PrimitiveKind::ShiftRight, .type = next, .operands = operand, .amount = static_cast<std::uint32_t>(amount)}));
            }
        }
    }
    std::vector<Wire> outputs = {made.back()};
    if (pick(0, 3) == 0) {
        outputs.push_back(made[static_cast<std::size_t>(pick(0, static_cast<int>(made.size()) - 1))]);
    }
    builder.add_output({"y", {static_cast<std::int64_t>(outputs.size())}, outputs});
    return builder.finish();
}

TEST(JoinSums, KeepsTheValuesOfRandomRoundings) {
    int num_simpler = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Circuit circuit = random_rounding(seed);
        const Circuit joined = remove_dead(join_sums(circuit));
        expect_equal_outputs(circuit, joined, seed);
        num_simpler += count(joined, PrimitiveKind::Sum) < count(remove_dead(circuit), PrimitiveKind::Sum) ? 1 : 0;
    }
    EXPECT_GT(num_simpler, 1000 / 20);
}

TEST(JoinSums, JoinsARoundingWithTheSumBehindAMovedPoint) {
    const Circuit circuit = rounded_sum(7, false);
    const Circuit joined = remove_dead(join_sums(circuit));
    expect_equal_outputs(circuit, joined, 1);
    EXPECT_EQ(count(circuit, PrimitiveKind::Sum), 2);
    EXPECT_EQ(count(joined, PrimitiveKind::Sum), 1);
    EXPECT_EQ(remove_dead(join_sums(joined)), joined);
}

TEST(JoinSums, DropsTermsThatARoundingDrops) {
    // -23 x1 + 5 + 128 lies between 0 and 255.
    const Circuit circuit = rounded_sum(256, false);
    const Circuit joined = remove_dead(join_sums(circuit));
    expect_equal_outputs(circuit, joined, 1);
    EXPECT_EQ(count(joined, PrimitiveKind::Sum), 0);
}

TEST(JoinSums, LeavesASumThatIsReadTwice) {
    const Circuit circuit = remove_dead(rounded_sum(7, true));
    EXPECT_EQ(remove_dead(join_sums(circuit)), circuit);
}

}  // namespace
}  // namespace lutra
