#pragma once

#include "lutra/circuit/builder.h"

namespace lutra {

/// A value on its way through an adder tree: that of the wire, or its negative.
struct SignedRow {
    Wire wire;
    bool is_negative = false;
};

/// The row a + b as one adder or subtractor of the bits that overlap; negative only if both are.
SignedRow add_rows(CircuitBuilder& builder, const SignedRow& a, const SignedRow& b);

}  // namespace lutra
