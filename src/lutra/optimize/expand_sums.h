#pragma once

#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Replaces every Sum by rows of two-operand adders:
///
///     sum c_i * x_i + k => a balanced tree of x_i * 2^s added or subtracted, s over the canonical signed digits of c_i
///
/// Digits are paired by their weight, level by level, so that operands overlap and the tree is as shallow as it can be. Where the upper operand of an
/// addition has no low bits, those of the lower one pass by the adder. A whole sum is negated at most once, by its constant where it has one.
Circuit expand_sums(const Circuit& circuit);

/// The canonical signed digits (non-adjacent form) of an integer: value = sum of digit.sign * 2^digit.shift, with the fewest digits (Reitwiesner 1960).
struct SignedDigit {
    int shift = 0;
    bool is_negative = false;

    friend bool operator==(const SignedDigit&, const SignedDigit&) = default;
};
std::vector<SignedDigit> signed_digits(const Integer& value);

}  // namespace lutra
