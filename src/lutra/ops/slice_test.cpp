#include "lutra/ops/slice.h"

#include <gtest/gtest.h>

#include <limits>

namespace lutra {
namespace {

std::vector<double> sliced(const Slice& op) {
    RealTensor x({2, 5}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    return Op(op).reference(std::vector{x}).values;
}

Shape shape_of(const Slice& op) { return Op(op).infer_shape(std::vector<Shape>{{2, 5}}).value_or(Shape{-1}); }

TEST(Slice, FollowsTheRulesOfOnnxForNegativeAndExtremeIndices) {
    constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t near = std::numeric_limits<std::int64_t>::min();
    const Slice tail{{-2}, {far}, {1}, {}};
    EXPECT_EQ(shape_of(tail), (Shape{2, 2}));
    EXPECT_EQ(sliced(tail), (std::vector<double>{3, 4, 8, 9}));
    const Slice backwards{{far}, {near}, {-1}, {-2}};
    EXPECT_EQ(shape_of(backwards), (Shape{2, 3}));
    EXPECT_EQ(sliced(backwards), (std::vector<double>{4, 2, 0, 9, 7, 5}));
    const Slice nothing{{3}, {1}, {1}, {1}};
    EXPECT_EQ(shape_of(nothing), (Shape{2, 0}));
}

TEST(Slice, RefusesAxesThatAreNotThereOrNamedTwice) {
    EXPECT_EQ(shape_of({{0}, {1}, {2}, {}}), Shape{-1});
    EXPECT_EQ(shape_of({{0, 0}, {1, 1}, {1, -1}, {}}), Shape{-1});
    EXPECT_EQ(shape_of({{0}, {1}, {0}, {0}}), Shape{-1});
}

}  // namespace
}  // namespace lutra
