#pragma once

/// Elementary functions of exact arguments, correctly rounded: the entries of tables. Only integers are used, so that they are the same
/// everywhere, whatever the C library's exp() does.

#include "lutra/num/dyadic.h"

namespace lutra {

/// The largest |x| that the functions accept.
inline constexpr int max_elementary_argument = 4096;

/// f(x) * 2^fraction rounded to the nearest integer. Values between two integers are computed in integer intervals of growing precision
/// until both ends round to the same integer; that ends because these values are irrational wherever they are not handled exactly.
Integer exp_rounded(const Dyadic& x, int fraction);
/// 2^x.
Integer exp2_rounded(const Dyadic& x, int fraction);
/// 1 / (1 + exp(-x)).
Integer sigmoid_rounded(const Dyadic& x, int fraction);
Integer tanh_rounded(const Dyadic& x, int fraction);
/// 1 / x for x > 0; ties round up.
Integer reciprocal_rounded(const Dyadic& x, int fraction);

/// floor(ln 2 * 2^fraction) - 1 or floor(ln 2 * 2^fraction): below ln 2 by less than 2^(1 - fraction).
Integer natural_log_of_two(int fraction);

}  // namespace lutra
