// Random circuits are mapped to cells, and the netlists proved.

#include <gtest/gtest.h>

#include "lutra/circuit/random_circuit.h"
#include "lutra/circuit/text.h"
#include "lutra/map/map_cells.h"
#include "lutra/map/map_circuit.h"
#include "lutra/map/pipeline_cells.h"
#include "lutra/prove/prove_netlist.h"
#include "lutra/target/device.h"

namespace lutra {
namespace {

class Proofs : public testing::TestWithParam<CellStyle> {
protected:
    static CellNetlist map(const Circuit& circuit) {
        const bool is_lut6 = GetParam() == CellStyle::Lut6;
        return map_cells(map_circuit(circuit, {.lut_inputs = is_lut6 ? 6 : 4, .has_ternary_rows = is_lut6, .mux_levels = is_lut6 ? 2 : 4}), GetParam());
    }
    static Circuit random(std::uint64_t seed) {
        return random_circuit({.seed = seed, .num_primitives = 40, .max_width = seed % 8 == 0 ? 80 : 12, .has_registers = false});
    }
};

TEST_P(Proofs, HoldForRandomCircuits) {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Circuit circuit = random(seed);
        const NetlistProof proof = prove_netlist(map(circuit), circuit);
        EXPECT_TRUE(proof.is_proved()) << "circuit " << seed << ": " << proof.problem << " " << proof.counts.outputs << " of " << proof.counts.all_outputs;
    }
}

INSTANTIATE_TEST_SUITE_P(Styles, Proofs, testing::Values(CellStyle::Lut6, CellStyle::Lut4), [](const auto& style) { return style.param == CellStyle::Lut6 ? "Lut6" : "Lut4"; });

}  // namespace
}  // namespace lutra
