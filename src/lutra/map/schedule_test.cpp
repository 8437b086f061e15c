#include "lutra/map/schedule.h"

#include <gtest/gtest.h>

#include <random>

namespace lutra {
namespace {

TEST(MinimizeDifferences, HoldsEveryConstraintAtTheLeastCost) {
    // 0 -> 1 -> 2 and 0 -> 2: value 1 weighs most, so it is as low as it can be.
    const auto values = minimize_differences({-3, 2, 1}, {{0, 1, 1}, {1, 2, 0}, {0, 2, 3}});
    ASSERT_TRUE(values);
    EXPECT_EQ((*values)[1] - (*values)[0], 1);
    EXPECT_EQ((*values)[2] - (*values)[0], 3);
}

TEST(MinimizeDifferences, RefusesConstraintsThatContradict) { EXPECT_FALSE(minimize_differences({0, 0}, {{0, 1, 1}, {1, 0, 0}})); }

/// The least cost by trying all values from 0 to 4.
std::int64_t least_cost(const std::vector<std::int64_t>& weights, const std::vector<DifferenceConstraint>& constraints) {
    constexpr int num_values = 5;
    std::int64_t least = INT64_MAX;
    std::vector<int> values(weights.size(), 0);
    for (int code = 0; code < num_values * num_values * num_values * num_values; ++code) {
        std::int64_t cost = 0;
        for (std::size_t i = 0, rest = static_cast<std::size_t>(code); i < weights.size(); ++i, rest /= num_values) {
            values[i] = static_cast<int>(rest % num_values);
            cost += weights[i] * values[i];
        }
        const bool holds = std::ranges::all_of(constraints, [&](const auto& c) { return values[c.to] - values[c.from] >= c.least; });
        least = holds ? std::min(least, cost) : least;
    }
    return least;
}

TEST(MinimizeDifferences, FindsWhatTryingAllValuesFinds) {
    std::mt19937 random(7);
    const auto draw = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
    for (int round = 0; round < 40; ++round) {
        std::vector<std::int64_t> weights = {draw(-4, 4), draw(-4, 4), draw(-4, 4)};
        weights.push_back(-weights[0] - weights[1] - weights[2]);
        std::vector<DifferenceConstraint> constraints = {{0, 3, 4}, {3, 0, -4}};
        for (std::uint32_t i = 1; i < 3; ++i) {
            constraints.push_back({0, i, draw(0, 2)});
            constraints.push_back({i, 3, draw(0, 2)});
        }
        constraints.push_back({1, 2, draw(-1, 0)});
        const auto values = minimize_differences(weights, constraints);
        ASSERT_TRUE(values);
        std::int64_t cost = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            cost += weights[i] * (*values)[i];
        }
        EXPECT_EQ(cost, least_cost(weights, constraints)) << round;
    }
}

}  // namespace
}  // namespace lutra
