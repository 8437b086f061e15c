#pragma once

/// Tables of a circuit as functions of the bits of their address.

#include <vector>

#include "lutra/circuit/circuit.h"
#include "lutra/map/lut_cost.h"

namespace lutra {

/// How many low bits tell the values of an interval apart.
int address_bits(const Interval& domain);

/// One function per bit of the entries, over the address's low bits. An address that never occurs says what its nearest
/// neighbour in `domain` says.
std::vector<WideTruthTable> table_functions(const LookupTable& table, const Interval& domain, int width);

/// LUTs of a table whose entries are those of its domain.
double table_cost(LutCost& cost, const LookupTable& table);

}  // namespace lutra
