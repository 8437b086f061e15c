#include "random_firmware.h"

#include "lutra/base/file.h"
#include "lutra/circuit/evaluate_scalar.h"
#include "lutra/circuit/random_circuit.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

Circuit random_circuits(int count) {
    CircuitBuilder builder;
    for (int seed = 0; seed < count; ++seed) {
        const Circuit one =
            random_circuit({.seed = static_cast<std::uint64_t>(seed), .num_primitives = 40, .max_width = seed % 4 == 0 ? 90 : 24, .has_registers = false});
        builder.set_origin("circuit" + std::to_string(seed));
        std::vector<Wire> now(one.size());
        const auto moved = [&](Port port) {
            for (Wire& wire : port.wires) {
                wire = now[wire.index];
            }
            return port;
        };
        for (Wire wire; wire.index < one.size(); ++wire.index) {
            std::vector<Wire> operands;
            for (const Wire operand : one.operands(wire)) {
                operands.push_back(now[operand.index]);
            }
            now[wire.index] = append_copy(builder, one, wire, operands);
        }
        for (const Port& port : one.inputs()) {
            builder.add_input(moved(port));
        }
        for (const Port& port : one.outputs()) {
            builder.add_output(moved(port));
        }
    }
    return builder.finish();
}

BenchVectors vectors_of(const Circuit& circuit, std::size_t num_events) {
    BenchVectors vectors{.inputs = random_inputs(circuit, num_events, 1), .outputs = {}};
    const std::size_t per_event = vectors.inputs.size() / num_events;
    for (std::size_t event = 0; event < num_events; ++event) {
        const auto outputs = evaluate_scalar(circuit, std::span(vectors.inputs).subspan(event * per_event, per_event));
        vectors.outputs.insert(vectors.outputs.end(), outputs.begin(), outputs.end());
    }
    return vectors;
}

std::string write_text(const std::filesystem::path& folder, const EmittedFile& file) {
    const auto path = folder / file.path;
    std::filesystem::create_directories(path.parent_path());
    EXPECT_TRUE(file.write(path));
    return path.string();
}

void expect_agreement(const Result<SimulationResult>& result, std::size_t num_events) {
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = num_events, .mismatches = 0})) << result->log_tail;
}

}  // namespace lutra
