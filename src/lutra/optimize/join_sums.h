#pragma once

#include "lutra/circuit/circuit.h"

namespace lutra {

/// Joins sums that only move a constant, and drops terms that a rounding drops, so that a neuron is one heap with one constant:
///
///     2^n * (a x + ... + k) + m         => 2^n a x + ... + (2^n k + m),  also through moved points and wraps that lose nothing that is asked for
///     floor((2^n a x + b y + k) / 2^n)  => a x + floor(k' / 2^n),        when floor((b y + k) / 2^n) = floor(k' / 2^n) for all y
///
/// when nothing else reads the inner sum, or what is left is one wire as it is. Sums of tables stay as they are.
Circuit join_sums(const Circuit& circuit);

}  // namespace lutra
