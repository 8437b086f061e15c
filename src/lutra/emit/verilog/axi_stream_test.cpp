#include "lutra/emit/verilog/axi_stream.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

Circuit delayed(int num_registers) {
    CircuitBuilder b;
    const Wire x = b.input({true, 13, 0});
    Wire y = x;
    for (int i = 0; i < num_registers; ++i) {
        y = b.register_stage(y);
    }
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {1}, {y}});
    return b.finish();
}

TEST(AxiStream, PadsDataToWholeBytesAndSizesTheFifoForTheLatency) {
    for (const auto& [latency, places] : std::vector<std::pair<int, int>>{{0, 2}, {1, 4}, {2, 4}, {3, 8}, {6, 8}, {7, 16}}) {
        const std::string text = emit_axi_stream(delayed(latency), {.module_name = "tagger"}).content.text();
        EXPECT_NE(text.find("module tagger_axis ("), std::string::npos);
        EXPECT_NE(text.find("[15:0] s_axis_tdata"), std::string::npos);
        EXPECT_NE(text.find("assign m_axis_tdata = {3'd0, entry[12:0]};"), std::string::npos);
        EXPECT_NE(text.find("reg [13:0] entries [0:" + std::to_string(places - 1) + "];"), std::string::npos) << latency << "\n" << text;
    }
}

TEST(AxiStream, PutsFilesBesideTheCore) {
    EXPECT_EQ(emit_axi_stream(delayed(1)).path, "net_axis.v");
    EXPECT_EQ(emit_axi_stream_testbench(delayed(1)).bench.path, "tb/net_axis_tb.v");
    EXPECT_EQ(emit_axi_stream_testbench(delayed(1)).top, "net_axis_tb");
}

}  // namespace
}  // namespace lutra
