#pragma once

/// Tables that take over what computes their address.

#include <functional>

#include "lutra/circuit/circuit.h"

namespace lutra {

/// LUTs of a small circuit.
using CircuitSize = std::function<int(const Circuit&)>;

/// A table whose address is a rounded value, floor((x + 2^(k-1)) / 2^k), becomes one of x without its k - 1 low bits where that maps smaller: all tables that
/// read the rounded value, or none. In general, the sum of one wire and a constant, with shifts and wraps around it, goes into the tables behind it.
Circuit compose_tables(const Circuit& circuit, const CircuitSize& size);

}  // namespace lutra
