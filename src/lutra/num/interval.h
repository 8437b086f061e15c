#pragma once

/// Closed intervals of exact integers: what is proved of the values of a wire.

#include <algorithm>
#include <string>

#include "lutra/num/fixed_point_type.h"
#include "lutra/num/integer.h"

namespace lutra {

/// All integers from low to high; never empty.
struct Interval {
    Integer low = 0;
    Integer high = 0;

    bool contains(const Integer& value) const { return low <= value && value <= high; }
    bool contains(const Interval& other) const { return low <= other.low && other.high <= high; }
    bool is_constant() const { return low == high; }

    friend bool operator==(const Interval&, const Interval&) = default;
    friend Interval operator+(const Interval& a, const Interval& b) { return {a.low + b.low, a.high + b.high}; }
    friend Interval operator-(const Interval& a, const Interval& b) { return {a.low - b.high, a.high - b.low}; }
    friend Interval operator*(const Interval& a, const Integer& factor) {
        return factor.sign() >= 0 ? Interval{a.low * factor, a.high * factor} : Interval{a.high * factor, a.low * factor};
    }
    friend Interval operator*(const Interval& a, const Interval& b);
};

/// The full range of a type, in its raw integers.
inline Interval range_of(const FixedPointType& type) { return {type.min_raw(), type.max_raw()}; }

/// The smallest interval that holds both.
inline Interval hull(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

inline std::string format_as(const Interval& interval) { return "[" + interval.low.to_string() + ", " + interval.high.to_string() + "]"; }

inline Interval operator*(const Interval& a, const Interval& b) {
    const auto [low, high] = std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    return {low, high};
}

/// The bounds of all squares of integers in a.
inline Interval square(const Interval& a) {
    const Integer low = a.low.sign() > 0 ? a.low : (a.high.sign() < 0 ? a.high : Integer(0));
    return {low * low, std::max(a.low * a.low, a.high * a.high)};
}

}  // namespace lutra
