#pragma once

/// The text form of circuits: can be read, compared line by line, and parsed back to an equal circuit.
///
///     lutra circuit 1
///     table @0 first -4 { 3 2 1 0 }
///     %0 = input : fixed<4,4>
///     %1 = input [-4, -1] : fixed<3,3>
///     layer "fc1"
///     %2 = sum %0 * 3 + %1 * -5 + 12 : fixed<8,8>
///     %3 = shift_right %2 by 2 : fixed<6,8>
///     %4 = table @0 %1 : ufixed<2,2>
///     input "x" [2] = { %0 %1 }
///     output "y" [2] scale 3*2^-4 offset 1*2^-1 = { %3 %4 }

#include <string>
#include <string_view>

#include "lutra/base/result.h"
#include "lutra/circuit/circuit.h"

namespace lutra {

/// Prints a circuit, one primitive per line. A `layer` line names the origin of all primitives below it.
std::string print(const Circuit& circuit);

/// What parse_circuit accepts at most; beyond it the text is refused with TextTooDeep.
struct CircuitTextLimits {
    std::uint32_t num_primitives = 1U << 24;
    std::uint64_t num_table_entries = 1U << 24;
    std::uint64_t num_port_elements = 1U << 24;
    std::uint64_t num_scanned_entries = 1U << 28;  ///< table entries read to prove the intervals of all table primitives
};

/// Parses what `print` prints and what people write like it. Wires and tables are numbered from 0 in their order; every rule of the primitives
/// is checked, each Input stands in exactly one port. `file_name` names the place in diagnostics.
Result<Circuit> parse_circuit(std::string_view text, std::string_view file_name, const CircuitTextLimits& limits = {});

}  // namespace lutra
