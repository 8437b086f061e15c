#include "lutra/flow/simulation.h"

#include <gtest/gtest.h>

#include "lutra/base/file.h"
#include "lutra/flow/icarus.h"
#include "lutra/flow/tools_for_tests.h"
#include "lutra/flow/verilator.h"

namespace lutra {
namespace {

TEST(SimulationVerdict, IsTheLastLineOfItsForm) {
    EXPECT_EQ(parse_verdict("1 vectors, 1 mismatches\nvector 3: y is 4\n10 vectors, 2 mismatches\n- tb.v:18: Verilog $finish\n"),
              (SimulationVerdict{.vectors = 10, .mismatches = 2}));
}

TEST(SimulationVerdict, IsAbsentWhenTheBenchDidNotReachItsEnd) {
    for (const char* text : {"", "10 vectors", "10 vectors, x mismatches", "10 vectors, 3 mismatches so far", "-1 vectors, 0 mismatches",
                             "99999999999999999999999 vectors, 0 mismatches"}) {
        EXPECT_FALSE(parse_verdict(text)) << text;
    }
}

constexpr std::string_view design = R"(module increment(input clk, input signed [7:0] a, output reg signed [8:0] y);
    always @(posedge clk) y <= {a[7], a} + 9'sd1;
endmodule
)";

/// A bench that expects y = a + `step`; the design adds 1.
std::string bench(int step) {
    return fmt::format(R"(`timescale 1ns / 1ps
module bench;
    reg clk;
    reg signed [7:0] a;
    wire signed [8:0] y;
    integer i;
    integer mismatches;
    increment increment(.clk(clk), .a(a), .y(y));
    always #5 clk = ~clk;
    initial begin
        clk = 1'b0;
        mismatches = 0;
        for (i = -128; i < 128; i = i + 1) begin
            a = i[7:0];
            @(posedge clk);
            #1;
            if ({{{{23{{y[8]}}}}, y}} !== i + {}) mismatches = mismatches + 1;
        end
        $display("%0d vectors, %0d mismatches", 256, mismatches);
        $finish;
    end
endmodule
)",
                       step);
}

SimulationRun write_bench(const TestFolder& folder, int step) {
    EXPECT_TRUE(write_file(folder.path() / "increment.v", design));
    EXPECT_TRUE(write_file(folder.path() / "bench.v", bench(step)));
    return {.files = {folder.path() / "bench.v", folder.path() / "increment.v"}, .top = "bench", .work_folder = folder.path()};
}

TEST(Icarus, RunsABenchAndGivesItsVerdict) {
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    const TestFolder folder("icarus");
    auto result = simulate_with_icarus(*icarus, write_bench(folder, 1));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 256, .mismatches = 0}));
    EXPECT_EQ(result->simulator, "icarus");
    result = simulate_with_icarus(*icarus, write_bench(folder, 2));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict.mismatches, 256U);
}

TEST(Icarus, RefusesAWarning) {
    const auto icarus = find_icarus(tool_paths_for_tests());
    if (!icarus && !tools_are_required()) {
        GTEST_SKIP() << to_string(icarus.error());
    }
    ASSERT_TRUE(icarus);
    const TestFolder folder("icarus_warning");
    const SimulationRun run = write_bench(folder, 1);
    ASSERT_TRUE(write_file(folder.path() / "increment.v", "module increment(input clk, input [7:0] a, output [8:0] y); assign z = a; endmodule\n"));
    const auto result = simulate_with_icarus(*icarus, run);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().id, DiagnosticId::ToolFailed);
}

TEST(Verilator, RunsABenchAndGivesItsVerdict) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    const TestFolder folder("verilator");
    auto result = simulate_with_verilator(verilator, write_bench(folder, 1));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict, (SimulationVerdict{.vectors = 256, .mismatches = 0}));
    EXPECT_EQ(result->version, verilator.version);
    result = simulate_with_verilator(verilator, write_bench(folder, 2));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->verdict.mismatches, 256U);
}

TEST(Verilator, RefusesAWarningOfItsLint) {
    LUTRA_TOOL_OR_SKIP(verilator, find_verilator(tool_paths_for_tests()));
    const TestFolder folder("verilator_lint");
    SimulationRun run = write_bench(folder, 1);
    run.files = {folder.path() / "increment.v"};
    run.top = "increment";
    EXPECT_TRUE(lint_with_verilator(verilator, run));
    ASSERT_TRUE(write_file(folder.path() / "increment.v", "module increment(input a, input b, output y); assign y = a; endmodule\n"));
    const auto result = lint_with_verilator(verilator, run);
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("UNUSED"), std::string::npos) << result.error().message;
}

}  // namespace
}  // namespace lutra
