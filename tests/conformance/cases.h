#pragma once

/// The cases that the conformance suite runs: small files in cases/, one per op.

#include <string_view>
#include <vector>

#include "lutra/ops/lowered_op_for_tests.h"

namespace lutra::conformance {

/// One op with attributes, applied to inputs of given types.
struct Case {
    Op op;
    std::vector<TestInput> inputs;
};

/// The types that most cases use.
inline constexpr FixedPointType narrow{true, 5, 2};
inline constexpr FixedPointType natural{false, 4, 1};
inline constexpr FixedPointType wide{true, 18, 9};
/// A scale that is no power of two.
inline const Dyadic third = Dyadic::from_double(1.0F / 3);

/// All cases, op after op.
std::vector<Case> all_cases();

}  // namespace lutra::conformance
