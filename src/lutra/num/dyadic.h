#pragma once

/// An exact number mantissa * 2^exponent: every finite float and double is one.

#include <compare>
#include <string>

#include "lutra/num/integer.h"

namespace lutra {

/// An exact dyadic rational, kept with an odd mantissa (or 0 * 2^0), so that equal numbers have equal members.
class Dyadic {
public:
    Dyadic() = default;
    Dyadic(Integer mantissa, int exponent = 0);    // NOLINT: integers convert silently on purpose
    Dyadic(int value) : Dyadic(Integer(value)) {}  // NOLINT

    /// The exact value of a finite double.
    static Dyadic from_double(double value);

    const Integer& mantissa() const { return mantissa_; }
    int exponent() const { return exponent_; }
    /// The value in units of 2^-fraction; it must be an integer there: fraction >= -exponent() unless zero.
    Integer raw(int fraction) const;
    /// The smallest fraction such that the value is an integer multiple of 2^-fraction; 0 for zero.
    int fraction() const { return -exponent_; }
    double to_double() const;
    int sign() const { return mantissa_.sign(); }
    bool is_zero() const { return mantissa_.is_zero(); }
    /// True for +-2^n.
    bool is_power_of_two() const { return mantissa_ == Integer(1) || mantissa_ == Integer(-1); }

    Dyadic operator-() const { return {-mantissa_, exponent_}; }
    friend Dyadic operator+(const Dyadic& a, const Dyadic& b);
    friend Dyadic operator-(const Dyadic& a, const Dyadic& b) { return a + -b; }
    friend Dyadic operator*(const Dyadic& a, const Dyadic& b) { return {a.mantissa_ * b.mantissa_, a.exponent_ + b.exponent_}; }
    friend bool operator==(const Dyadic&, const Dyadic&) = default;
    friend std::strong_ordering operator<=>(const Dyadic& a, const Dyadic& b) { return (a - b).sign() <=> 0; }

private:
    Integer mantissa_ = 0;
    int exponent_ = 0;
};

/// floor(a / b) of exact numbers; b is not zero.
Integer floor_divide(const Dyadic& a, const Dyadic& b);

/// The value as mantissa and power of two, such as "3*2^-4".
std::string format_as(const Dyadic& value);

}  // namespace lutra
