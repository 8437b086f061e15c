#include "lutra/target/cost_model.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

CostModel model_of(std::string_view name) { return CostModel(*find_device(name)); }

TEST(CostModel, AdderLutsFollowTheCellsOfTheFamily) {
    EXPECT_EQ(model_of("xcvu13p").adder_luts(8), 8);
    EXPECT_EQ(model_of("ice40-hx8k").adder_luts(8), 8);
    EXPECT_EQ(model_of("ecp5-25").adder_luts(8), 2 * 4 + 2);
    EXPECT_EQ(model_of("ecp5-25").adder_luts(9), 2 * 5 + 2);
    EXPECT_EQ(model_of("lut6").adder_luts(8), 15);
    EXPECT_EQ(model_of("lut6").adder_luts(0), 0);
}

TEST(CostModel, TableLutsAreExactForSmallTables) {
    EXPECT_EQ(model_of("ecp5-25").table_luts(4, 3), 3);
    EXPECT_EQ(model_of("ecp5-25").table_luts(6, 1), 4);  // PFUMX and L6MUX21 join four LUTs
    EXPECT_EQ(model_of("xcvu13p").table_luts(6, 3), 3);
    EXPECT_EQ(model_of("xcvu13p").table_luts(5, 4), 2);
    EXPECT_EQ(model_of("xcvu13p").table_luts(8, 1), 4);  // MUXF7 and MUXF8
    EXPECT_EQ(model_of("xcvu13p").table_luts(10, 1), 16 + 1);
    EXPECT_EQ(model_of("lut6").table_luts(8, 1), 4 + 1);
    EXPECT_EQ(model_of("lut4").table_luts(6, 1), 4 + 3);
}

TEST(CostModel, CostsNeverFallWhenWordsGrow) {
    for (const Device& device : all_devices()) {
        const CostModel model(device);
        for (int width = 0; width < 64; ++width) {
            EXPECT_LE(model.adder_luts(width), model.adder_luts(width + 1)) << device.name << ' ' << width;
            EXPECT_LE(model.compare_luts(width), model.compare_luts(width + 1)) << device.name << ' ' << width;
            EXPECT_LE(model.adder_delay_ns(width), model.adder_delay_ns(width + 1)) << device.name << ' ' << width;
            EXPECT_LE(model.gate_luts(width), model.gate_luts(width + 1)) << device.name << ' ' << width;
            EXPECT_LE(model.gate_delay_ns(width), model.gate_delay_ns(width + 1)) << device.name << ' ' << width;
        }
        for (int bits = 0; bits < 20; ++bits) {
            EXPECT_LE(model.table_luts(bits, 1), model.table_luts(bits + 1, 1)) << device.name << ' ' << bits;
            EXPECT_LE(model.table_delay_ns(bits), model.table_delay_ns(bits + 1)) << device.name << ' ' << bits;
        }
    }
}

TEST(CostModel, OneWireOfEcp5GrowsWithTheDesign) {
    // Measured by tools/fit_delays.py. A jet tagger of 2,711 LUTs was placed with a period of 7.39 ns: three rows of eight bits between registers.
    const CostModel model(*find_device("ecp5-85"), 2711);
    EXPECT_NEAR((model.clock_overhead_ns() + 3 * model.adder_delay_ns(8)) / 7.39, 1.0, 0.1);
    const CostModel small(*find_device("ecp5-85"), 500);
    EXPECT_LT(small.clock_overhead_ns(), model.clock_overhead_ns());
    EXPECT_EQ(small.adder_delay_ns(8), model.adder_delay_ns(8));
    EXPECT_GT(CostModel(*find_device("ecp5-85"), 0).gate_delay_ns(2), 0.5);
    EXPECT_TRUE(model.is_calibrated());
    EXPECT_FALSE(model_of("xcvu13p").is_calibrated());
}

TEST(CostModel, RegistersBehindMultiplexersAreAWireAwayOnEcp5) {
    EXPECT_GT(model_of("ecp5-25").mux_to_register_ns(), 0.2);
    EXPECT_EQ(model_of("xcvu13p").mux_to_register_ns(), 0);
}

}  // namespace
}  // namespace lutra
