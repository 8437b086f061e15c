#include "lutra/compile/accuracy.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lutra {
namespace {

TEST(Accuracy, FollowsTheClassOrder) {
    const std::vector<double> scores = {0.9, 0.1, 0.0, 0.1, 0.2, 0.7};
    const std::vector<std::int64_t> labels = {0, 1};
    EXPECT_EQ(measure_accuracy(scores, 3, labels, {})->accuracy, 0.5);
    const std::vector<int> order = {0, 2, 1};
    EXPECT_EQ(measure_accuracy(scores, 3, labels, order)->accuracy, 1.0);
}

TEST(Accuracy, CountsTiesHalfInTheArea) {
    const std::vector<double> scores = {0.1, 0.9, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1};
    const std::vector<std::int64_t> labels = {1, 1, 0, 0};
    EXPECT_EQ(measure_accuracy(scores, 2, labels, {})->auc_of_class[1], 0.875);
}

TEST(Accuracy, HasNoAreaForAClassWithoutEvents) {
    const std::vector<double> scores = {0.1, 0.9, 0.5, 0.5};
    const std::vector<std::int64_t> labels = {1, 1};
    EXPECT_TRUE(std::isnan(measure_accuracy(scores, 2, labels, {})->auc_of_class[0]));
}

TEST(Accuracy, RefusesALabelWithoutAnOutput) {
    const std::vector<double> scores = {0.1, 0.9};
    const std::vector<std::int64_t> labels = {2};
    EXPECT_FALSE(measure_accuracy(scores, 2, labels, {}));
}

}  // namespace
}  // namespace lutra
