#pragma once

#include "lutra/circuit/circuit.h"

namespace lutra {

/// What may be done to sums.
struct ExpandOptions {
    bool share_terms = true;  ///< compute common parts of several sums once
};

/// Replaces each Sum by two-operand adders and subtractors:
///
///     c * a => +-(a << s) +- ..., the canonical signed digits of c
///     sums of the circuit => common parts computed once (share_terms), where that takes fewer bits of adders
///     what is left of a sum, and its constant => a tree that adds the two earliest terms first, the narrower ones before the wider
///
/// Every adder has the smallest type that holds the exact interval of its linear form, and no bits above the window of the result. Where one operand
/// has no low bits, those of the other pass by the adder. A whole sum is negated at most once, by its constant where it has one.
Circuit expand_sums(const Circuit& circuit, const ExpandOptions& options = {});

}  // namespace lutra
