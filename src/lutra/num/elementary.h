#pragma once

/// Elementary functions of exact arguments, correctly rounded: the entries of tables.

#include "lutra/num/dyadic.h"

namespace lutra {

/// The largest |x| that exponential functions accept.
inline constexpr int max_elementary_argument = 4096;

/// f(x) * 2^fraction rounded to the nearest integer.
Integer exp_rounded(const Dyadic& x, int fraction);
/// 2^x.
Integer exp2_rounded(const Dyadic& x, int fraction);
/// The natural logarithm of x > 0.
Integer log_rounded(const Dyadic& x, int fraction);
/// 1 / (1 + exp(-x)).
Integer sigmoid_rounded(const Dyadic& x, int fraction);
Integer tanh_rounded(const Dyadic& x, int fraction);
/// The error function.
Integer erf_rounded(const Dyadic& x, int fraction);
/// 1 / x for x > 0; ties round up.
Integer reciprocal_rounded(const Dyadic& x, int fraction);
/// The square root of a / b for a >= 0, b > 0; ties round up.
Integer root_of_quotient_rounded(const Dyadic& a, const Dyadic& b, int fraction);

/// floor(ln 2 * 2^fraction) - 1 or floor(ln 2 * 2^fraction): below ln 2 by less than 2^(1 - fraction).
Integer natural_log_of_two(int fraction);

}  // namespace lutra
