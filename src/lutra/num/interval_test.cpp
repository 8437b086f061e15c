#include "lutra/num/interval.h"

#include <gtest/gtest.h>

#include <functional>

namespace lutra {
namespace {

std::vector<Interval> small_intervals() {
    std::vector<Interval> intervals;
    for (int low = -4; low <= 4; ++low) {
        for (int high = low; high <= 4; ++high) {
            intervals.push_back({low, high});
        }
    }
    return intervals;
}

/// The smallest interval of f(x, y) over all x in a, y in b.
Interval image(const Interval& a, const Interval& b, const std::function<Integer(const Integer&, const Integer&)>& f) {
    Interval result{f(a.low, b.low), f(a.low, b.low)};
    for (Integer x = a.low; x <= a.high; x += 1) {
        for (Integer y = b.low; y <= b.high; y += 1) {
            result = hull(result, {f(x, y), f(x, y)});
        }
    }
    return result;
}

TEST(Interval, ArithmeticGivesTheExactBoundsOfAllResults) {
    for (const Interval& a : small_intervals()) {
        for (const Interval& b : small_intervals()) {
            ASSERT_EQ(a + b, image(a, b, [](const Integer& x, const Integer& y) { return x + y; }));
            ASSERT_EQ(a - b, image(a, b, [](const Integer& x, const Integer& y) { return x - y; }));
            ASSERT_EQ(a * b, image(a, b, [](const Integer& x, const Integer& y) { return x * y; }));
        }
        Interval squares{a.low * a.low, a.low * a.low};
        for (Integer x = a.low; x <= a.high; x += 1) {
            squares = hull(squares, {x * x, x * x});
        }
        ASSERT_EQ(square(a), squares);
        for (int factor = -3; factor <= 3; ++factor) {
            ASSERT_EQ(a * Integer(factor), a * Interval(factor, factor));
        }
    }
}

TEST(Interval, ContainsItsBoundsAndHullsHoldBoth) {
    for (const Interval& a : small_intervals()) {
        EXPECT_TRUE(a.contains(a.low) && a.contains(a.high));
        EXPECT_FALSE(a.contains(a.low - Integer(1)) || a.contains(a.high + Integer(1)));
        EXPECT_EQ(a.is_constant(), a.low == a.high);
        for (const Interval& b : small_intervals()) {
            EXPECT_TRUE(hull(a, b).contains(a) && hull(a, b).contains(b));
            EXPECT_EQ(a.contains(b), hull(a, b) == a);
        }
    }
}

TEST(Interval, OfATypeIsItsRange) {
    EXPECT_EQ(range_of({true, 5, 2}), Interval(-16, 15));
    EXPECT_EQ(range_of({false, 0, 2}), Interval(0, 0));
    EXPECT_EQ(format_as(range_of({false, 66, 0})), "[0, 73786976294838206463]");
}

}  // namespace
}  // namespace lutra
