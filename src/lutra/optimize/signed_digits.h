#pragma once

#include <vector>

#include "lutra/num/integer.h"

namespace lutra {

/// +-2^shift.
struct SignedDigit {
    int shift = 0;
    bool is_negative = false;

    friend bool operator==(const SignedDigit&, const SignedDigit&) = default;
};

/// The canonical signed digits (non-adjacent form) of an integer: value = sum of the digits, with the fewest digits (Reitwiesner 1960).
std::vector<SignedDigit> signed_digits(const Integer& value);

}  // namespace lutra
