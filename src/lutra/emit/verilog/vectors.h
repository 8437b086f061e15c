#pragma once

/// Files of test vectors: one event per line, all elements of all input (or output) ports as one hexadecimal number.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "lutra/circuit/circuit.h"

namespace lutra::verilog {

/// The widths of the elements of ports, in the order of `flat_wires`.
std::vector<int> element_widths(const Circuit& circuit, const std::vector<Port>& ports);

/// The lines for raw integers in event-major order: element k of event e is raws[e * widths.size() + k]. Element 0 lies lowest; the digits are
/// those of the total width, at least one.
std::string vector_lines(std::span<const int> widths, std::span<const std::int64_t> raws);
std::string vector_lines(std::span<const int> widths, std::span<const Integer> raws);

}  // namespace lutra::verilog
