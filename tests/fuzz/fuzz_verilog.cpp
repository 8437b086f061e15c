// Any text in place of the Verilog of a design: both readers say what is wrong with it, or give a netlist, or a circuit with the ports of the one that it is
// said to be, which can be evaluated.

#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"
#include "lutra/prove/read_cells.h"
#include "lutra/prove/read_expressions.h"

namespace {

// What the seeds are the Verilog of.
constexpr std::string_view printed =
    "lutra circuit 1\n%0 = input : fixed<4,4>\n%1 = input : ufixed<3,3>\n%2 = wrap %1 : fixed<4,4>\n%3 = add %0 %2 : fixed<4,4>\n"
    "%4 = max %0 %2 : fixed<4,4>\n%5 = less %0 %2 : ufixed<1,1>\n%6 = register %3 : fixed<4,4>\n%7 = register %4 : fixed<4,4>\n%8 = register %5 : ufixed<1,1>\n"
    "input \"x\" [2] = { %0 %1 }\noutput \"y\" [2] = { %6 %7 }\noutput \"z\" [] = { %8 }\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    static const Circuit circuit = parse_circuit(printed, "printed").value();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto cells = read_cells(text, "fuzz"); !cells) {
        LUTRA_ASSERT(!to_string(cells.error()).empty());
    }
    const auto read = read_expressions(text, "fuzz", circuit);
    if (!read) {
        LUTRA_ASSERT(!to_string(read.error()).empty());
        return 0;
    }
    const std::vector<Integer> event = random_inputs(circuit, 1, size);
    LUTRA_ASSERT(evaluate_scalar(read->circuit, event).size() == evaluate_scalar(circuit, event).size());
    return 0;
}
