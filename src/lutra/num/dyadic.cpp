#include "lutra/num/dyadic.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lutra/base/assert.h"

namespace lutra {

Dyadic::Dyadic(Integer mantissa, int exponent) : mantissa_(std::move(mantissa)), exponent_(exponent) {
    if (mantissa_.is_zero()) {
        exponent_ = 0;
        return;
    }
    if (const int zeros = mantissa_.trailing_zeros(); zeros > 0) {
        mantissa_ = mantissa_ >> zeros;
        exponent_ += zeros;
    }
}

Dyadic Dyadic::from_double(double value) {
    LUTRA_ASSERT(std::isfinite(value));
    int exponent = 0;
    constexpr int digits = std::numeric_limits<double>::digits;
    const double fraction = std::frexp(value, &exponent);
    return {Integer(static_cast<std::int64_t>(std::ldexp(fraction, digits))), exponent - digits};
}

Integer Dyadic::raw(int fraction) const {
    if (is_zero()) {
        return 0;
    }
    LUTRA_ASSERT(fraction + exponent_ >= 0);
    return mantissa_ << (fraction + exponent_);
}

double Dyadic::to_double() const { return std::ldexp(mantissa_.to_double(), exponent_); }

Dyadic operator+(const Dyadic& a, const Dyadic& b) {
    if (a.is_zero() || b.is_zero()) {
        return a.is_zero() ? b : a;
    }
    const int exponent = std::min(a.exponent_, b.exponent_);
    return {(a.mantissa_ << (a.exponent_ - exponent)) + (b.mantissa_ << (b.exponent_ - exponent)), exponent};
}

Integer floor_divide(const Dyadic& a, const Dyadic& b) {
    const int exponent = std::min(a.exponent(), b.exponent());
    return floor_divide(a.mantissa() << (a.exponent() - exponent), b.mantissa() << (b.exponent() - exponent));
}

std::string format_as(const Dyadic& value) { return value.mantissa().to_string() + "*2^" + std::to_string(value.exponent()); }

}  // namespace lutra
