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

TEST(CostModel, ReproducesTheMeasuredPeriodsOfEcp5) {
    // Placed and routed taggers, grade -6: 1, 2, 3 adder levels per stage reached 182.5, 122.1 and 88.6 MHz.
    const CostModel model = model_of("ecp5-25");
    constexpr int usual_width = 10;
    constexpr double measured_ns[] = {1000 / 182.5, 1000 / 122.1, 1000 / 88.6};
    for (int levels = 1; levels <= 3; ++levels) {
        const double period = model.clock_overhead_ns() + levels * model.adder_delay_ns(usual_width);
        EXPECT_NEAR(period / measured_ns[levels - 1], 1.0, 0.05) << levels;
    }
    EXPECT_TRUE(model.is_calibrated());
    EXPECT_FALSE(model_of("xcvu13p").is_calibrated());
}

}  // namespace
}  // namespace lutra
