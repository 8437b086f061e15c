// Any text: parse_circuit says what is wrong with it, or gives a circuit that prints, parses back, and evaluates alike in lanes and
// scalars.

#include <algorithm>
#include <string_view>

#include "lutra/base/assert.h"
#include "lutra/circuit/evaluate.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lutra;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto circuit =
        parse_circuit(text, "fuzz", {.num_primitives = 2000, .num_table_entries = 10000, .num_port_elements = 2000, .num_scanned_entries = 1U << 20});
    if (!circuit) {
        LUTRA_ASSERT(!to_string(circuit.error()).empty());
        return 0;
    }
    const auto again = parse_circuit(print(*circuit), "printed");
    LUTRA_ASSERT(again && *again == *circuit);

    constexpr std::size_t num_events = 2;
    const Emulator emulator = Emulator::create(*circuit);
    if (emulator.num_inputs() == 0 && emulator.num_outputs() == 0) {
        return 0;
    }
    const auto inputs = random_inputs(*circuit, num_events, size);
    std::vector<Integer> outputs(num_events * emulator.num_outputs());
    emulator.run(inputs, outputs, 1);
    for (std::size_t event = 0; event < num_events && emulator.num_inputs() > 0; ++event) {
        const auto expected = evaluate_scalar(*circuit, std::span(inputs).subspan(event * emulator.num_inputs(), emulator.num_inputs()));
        LUTRA_ASSERT(std::equal(expected.begin(), expected.end(), outputs.begin() + static_cast<std::ptrdiff_t>(event * emulator.num_outputs())));
    }
    return 0;
}
