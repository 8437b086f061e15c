#include "lutra/flow/yosys.h"

#include <gtest/gtest.h>

#include "lutra/base/file.h"
#include "lutra/flow/icarus.h"
#include "lutra/flow/tools_for_tests.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_bytes = 1 << 20;

Result<Resources> parse_recorded(const std::string& name) {
    const auto text = read_file(fs::path(LUTRA_SOURCE_DIR) / "src/lutra/flow/recorded" / name, max_bytes);
    EXPECT_TRUE(text) << name;
    return parse_yosys_stat(*text);
}

TEST(YosysStat, CountsTheCellsOfEcp5) {
    const auto resources = parse_recorded("yosys_stat_ecp5.json");
    ASSERT_TRUE(resources);
    EXPECT_EQ(resources->carry, 18);
    EXPECT_EQ(resources->ff, 51);
    EXPECT_EQ(resources->lut, 0);
    EXPECT_EQ(occupied_luts(*resources, DeviceFamily::Ecp5), 36);
}

TEST(YosysStat, CountsTheCellsOfUltraScalePlus) {
    const auto resources = parse_recorded("yosys_stat_xcup.json");
    ASSERT_TRUE(resources);
    EXPECT_EQ(resources->carry, 10);
    EXPECT_EQ(resources->ff, 51);
    EXPECT_EQ(resources->lut, 34);
    EXPECT_EQ(occupied_luts(*resources, DeviceFamily::UltraScalePlus), 34);
}

TEST(YosysStat, CountsTheCellsOfIce40) {
    const auto resources = parse_recorded("yosys_stat_ice40.json");
    ASSERT_TRUE(resources);
    EXPECT_EQ(resources->carry, 33);
    EXPECT_EQ(resources->ff, 51);
    EXPECT_EQ(resources->lut, 51);
}

TEST(YosysStat, SortsMemoriesMultipliersAndMultiplexers) {
    const auto resources = parse_yosys_stat(R"({"design": {"num_cells_by_type": {"RAMB36E2": 2, "DSP48E2": 3, "MUXF7": 5, "RAM32M": 7,
        "LUT6": 11, "$lut": 13, "$_SDFFE_PP0P_": 17}}})");
    ASSERT_TRUE(resources);
    EXPECT_EQ(resources->bram, 2);
    EXPECT_EQ(resources->dsp, 3);
    EXPECT_EQ(resources->mux, 5);
    EXPECT_EQ(resources->lutram, 7);
    EXPECT_EQ(resources->lut, 24);
    EXPECT_EQ(resources->ff, 17);
}

TEST(YosysStat, ThatIsDamagedIsAnError) {
    for (const char* text : {"", "{", "{}", "[1]", R"({"design": 3})", R"({"design": {"num_cells_by_type": []}})",
                             R"({"design": {"num_cells_by_type": {"LUT4": -1}}})", R"({"design": {"num_cells_by_type": {"LUT4": "x"}}})"}) {
        const auto resources = parse_yosys_stat(text);
        ASSERT_FALSE(resources) << text;
        EXPECT_EQ(resources.error().id, DiagnosticId::ToolOutputUnread);
    }
}

TEST(YosysScript, TurnsOffTheVerificationOfAbc9BeforeItSynthesises) {
    const std::string script = synthesis_script({.files = {"a b.v"}, .top = "core", .family = DeviceFamily::Xilinx7, .work_folder = "."});
    EXPECT_TRUE(script.starts_with("read_verilog -lib +/xilinx/cells_sim.v\nread_verilog \"a b.v\"\n"));
    EXPECT_LT(script.find("abc9.verify 0"), script.find("synth_xilinx -family xc7 -top core"));
    EXPECT_EQ(script.find("&mfs"), std::string::npos);
}

TEST(YosysScript, BoundsTheSearchForGenericLuts) {
    for (const DeviceFamily family : {DeviceFamily::Lut4, DeviceFamily::Lut6}) {
        const std::string script = synthesis_script({.files = {"a.v"}, .top = "core", .family = family, .work_folder = "."});
        EXPECT_NE(script.find("&mfs,-C,1500"), std::string::npos);
    }
}

constexpr std::string_view adder = R"(module core(input clk, input signed [15:0] a, input signed [15:0] b, output reg signed [16:0] y);
    always @(posedge clk) y <= a + b;
endmodule
)";

TEST(YosysRun, SynthesisesForEachFamily) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("yosys_run");
    ASSERT_TRUE(write_file(folder.path() / "core.v", adder));
    for (const DeviceFamily family : {DeviceFamily::Ecp5, DeviceFamily::Lut6}) {
        int num_steps = 0;
        const auto result = synthesize(yosys, {.files = {folder.path() / "core.v"}, .top = "core", .family = family, .work_folder = folder.path()},
                                       [&](const ProgressStep&) { ++num_steps; });
        ASSERT_TRUE(result) << to_string(result.error());
        EXPECT_EQ(result->resources.ff, 17) << to_string(family);
        EXPECT_GE(result->resources.lut + 2 * result->resources.carry, 16) << to_string(family);
        EXPECT_TRUE(fs::exists(result->json_netlist));
        EXPECT_TRUE(result->verilog_netlist.empty());
        EXPECT_GT(num_steps, 10);
    }
}

TEST(YosysRun, BuildsEveryAdderOnItsOwnCarryChain) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("yosys_adders");
    ASSERT_TRUE(write_file(folder.path() / "core.v", R"(module core (input [47:0] x, output [7:0] y);
    wire [7:0] low = x[7:0] + x[15:8];
    wire [7:0] high = x[23:16] - x[31:24];
    wire [7:0] both = low + high;
    wire [7:0] rest = x[39:32] + x[47:40];
    assign y = both + rest;
endmodule
)"));
    const auto result = synthesize(yosys, {.files = {folder.path() / "core.v"}, .top = "core", .family = DeviceFamily::Ecp5, .work_folder = folder.path()});
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->resources.carry, 5 * 4);
    EXPECT_EQ(result->resources.lut, 0);
}

TEST(YosysRun, WritesANetlistThatSimulatesWithoutALibrary) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    const TestFolder folder("yosys_netlist");
    ASSERT_TRUE(write_file(folder.path() / "core.v", adder));
    ASSERT_TRUE(write_file(folder.path() / "bench.v", R"(module bench;
    reg clk;
    reg signed [15:0] a;
    wire signed [16:0] y;
    integer i;
    integer mismatches;
    core core(.clk(clk), .a(a), .b(16'sd1234), .y(y));
    initial begin
        mismatches = 0;
        for (i = -40; i < 40; i = i + 1) begin
            a = i * 819;
            clk = 1'b0;
            #1 clk = 1'b1;
            #1 if (y !== i * 819 + 1234) mismatches = mismatches + 1;
        end
        $display("80 vectors, %0d mismatches", mismatches);
    end
endmodule
)"));
    const auto netlist = synthesize(yosys, {.files = {folder.path() / "core.v"}, .top = "core", .work_folder = folder.path(), .write_simulation = true});
    ASSERT_TRUE(netlist) << to_string(netlist.error());
    const auto result = simulate_with_icarus(
        *icarus, {.files = {folder.path() / "bench.v", netlist->verilog_netlist}, .top = "bench", .work_folder = folder.path(), .refuse_warnings = false});
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 80, .mismatches = 0}));
}

TEST(YosysRun, GivesYosysWordsWhenItFails) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    const TestFolder folder("yosys_fails");
    ASSERT_TRUE(write_file(folder.path() / "core.v", "module core(input a, output y); assign y = missing_function(a); endmodule\n"));
    const auto result = synthesize(yosys, {.files = {folder.path() / "core.v"}, .top = "core", .work_folder = folder.path()});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().id, DiagnosticId::ToolFailed);
    EXPECT_NE(result.error().message.find("missing_function"), std::string::npos) << result.error().message;
}

}  // namespace
}  // namespace lutra
