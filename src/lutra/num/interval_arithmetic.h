#pragma once

/// Real functions in intervals of integers: every result encloses the true one, and encloses it tighter the more precision it gets. Only integers
/// are used, so that results are the same everywhere, whatever the C library does.

#include <functional>

#include "lutra/num/dyadic.h"

namespace lutra {

/// A real number known to lie in [low, high] * 2^-precision.
struct Enclosure {
    Integer low;
    Integer high;

    Enclosure operator-() const { return {-high, -low}; }
    friend Enclosure operator+(const Enclosure& a, const Enclosure& b) { return {a.low + b.low, a.high + b.high}; }
    friend Enclosure operator-(const Enclosure& a, const Enclosure& b) { return a + -b; }
};

/// Functions of enclosures of one precision, in bits behind the binary point.
class IntervalArithmetic {
public:
    explicit IntervalArithmetic(int precision) : precision_(precision) {}

    Enclosure of(const Dyadic& x) const;
    Enclosure ratio(const Integer& numerator, const Integer& denominator) const;
    /// x * 2^exponent.
    Enclosure scale(const Enclosure& x, int exponent) const;
    Enclosure multiply(const Enclosure& a, const Enclosure& b) const;
    /// 1 / x for x > 0.
    Enclosure reciprocal(const Enclosure& x) const;
    /// The square root of x >= 0.
    Enclosure square_root(const Enclosure& x) const;
    /// exp(x); the ends of x have one sign.
    Enclosure exp(const Enclosure& x) const;
    /// The natural logarithm of x > 0.
    Enclosure log(const Enclosure& x) const;
    /// 1 / (1 + exp(-x)); the ends of x have one sign.
    Enclosure sigmoid(const Enclosure& x) const;
    /// The error function of x >= 0.
    Enclosure erf(const Enclosure& x) const;
    Enclosure log_of_two() const;
    Enclosure pi() const;

private:
    Enclosure square(const Enclosure& x) const;
    Enclosure exp_positive(const Enclosure& x) const;
    Enclosure arctangent_of_inverse(int x) const;

    int precision_;
};

/// The integer nearest to x * 2^fraction for a number x that `compute` encloses: it is asked for more and more precision until both ends round
/// to the same integer. That ends for every x that is no tie between two integers; so a caller handles the arguments first at which x is rational.
Integer round_enclosed(int fraction, const std::function<Enclosure(const IntervalArithmetic& at)>& compute);

}  // namespace lutra
