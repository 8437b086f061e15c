#include "lutra/flow/nextpnr.h"

#include <gtest/gtest.h>

#include "lutra/base/file.h"
#include "lutra/flow/tools_for_tests.h"
#include "lutra/flow/yosys.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_bytes = 1 << 24;

std::string recorded(const std::string& name) {
    const auto text = read_file(fs::path(LUTRA_SOURCE_DIR) / "src/lutra/flow/recorded" / name, max_bytes);
    EXPECT_TRUE(text) << name;
    return text.value_or("");
}

TEST(NextpnrReport, IsReadFromARecordedOne) {
    const auto report = parse_nextpnr_report(recorded("nextpnr_report.json"));
    ASSERT_TRUE(report) << to_string(report.error());
    EXPECT_NEAR(report->fmax_mhz, 315.2585, 1e-3);
    EXPECT_EQ(report->comb, 46);
    EXPECT_EQ(report->ff, 51);
    EXPECT_EQ(report->dsp, 0);
    EXPECT_EQ(report->bram, 0);
}

TEST(NextpnrReport, ThatIsDamagedIsAnError) {
    for (const char* text : {"", "{}", "[]", R"({"fmax": {}, "utilization": {}})", R"({"fmax": {"clk": {"achieved": "x"}}, "utilization": {}})"}) {
        const auto report = parse_nextpnr_report(text);
        ASSERT_FALSE(report) << text;
        EXPECT_EQ(report.error().id, DiagnosticId::ToolOutputUnread);
    }
}

/// An adder of two bits in one CCU2C whose carry out nobody reads.
constexpr std::string_view one_adder = R"({"creator": "test", "modules": {"core": {"attributes": {}, "ports": {
    "a": {"direction": "input", "bits": [2, 3]}, "y": {"direction": "output", "bits": [4, 5]}},
  "cells": {"adder": {"hide_name": 0, "type": "CCU2C", "parameters": {}, "attributes": {},
    "port_directions": {"A0": "input", "A1": "input", "CIN": "input", "COUT": "output", "S0": "output", "S1": "output"},
    "connections": {"A0": [2], "A1": [3], "CIN": ["0"], "COUT": [6], "S0": [4], "S1": [5]}}},
  "netnames": {}}}})";

TEST(Ecp5Netlist, CutsACarryOutThatNothingReads) {
    const auto netlist = prepare_ecp5_netlist(one_adder, "core", "clk");
    ASSERT_TRUE(netlist) << to_string(netlist.error());
    EXPECT_EQ(netlist->num_cut, 1);
    EXPECT_EQ(netlist->ccu2c, 1);
    EXPECT_EQ(netlist->chains, 1);
    EXPECT_EQ(netlist->chain_outs, 0);
    EXPECT_NE(netlist->json.find(R"("COUT":["x"])"), std::string::npos);
}

TEST(Ecp5Netlist, KeepsACarryOutThatAnOutputReads) {
    std::string text(one_adder);
    text.replace(text.find("[4, 5]"), 6, "[4, 6]");
    const auto netlist = prepare_ecp5_netlist(text, "core", "clk");
    ASSERT_TRUE(netlist);
    EXPECT_EQ(netlist->num_cut, 0);
    EXPECT_EQ(netlist->chain_outs, 1);
    EXPECT_NE(netlist->json.find(R"("COUT":[6])"), std::string::npos);
}

TEST(Ecp5Netlist, PutsRegistersAroundEachPortBit) {
    const auto netlist = prepare_ecp5_netlist(one_adder, "core", "clk");
    ASSERT_TRUE(netlist);
    EXPECT_EQ(netlist->harness_ff, 2 + 2 * 2);
    EXPECT_EQ(netlist->harness_lut, 2);
    EXPECT_NE(netlist->json.find("serial_in"), std::string::npos);
    EXPECT_EQ(netlist->predicted_comb(), 2 * (1 + 1) + 2 + 2);
}

TEST(Ecp5Netlist, ThatIsDamagedIsAnError) {
    for (const char* text : {"", "{}", R"({"modules": {"core": {}}})", R"({"modules": {"core": {"ports": {}, "cells": {"a": 3}}}})"}) {
        const auto netlist = prepare_ecp5_netlist(text, "core", "clk");
        ASSERT_FALSE(netlist) << text;
        EXPECT_EQ(netlist.error().id, DiagnosticId::ToolOutputUnread);
    }
}

TEST(PlaceAndRoute, RefusesWhatDoesNotFitBeforeNextpnrRuns) {
    PlaceAndRouteRequest request{.json_netlist = {}, .top = "core", .device = *find_device("ecp5-25"), .work_folder = {}};
    Ecp5Netlist netlist{.json = {}, .lut4 = 24000};
    EXPECT_TRUE(check_fit(netlist, request));
    netlist.lut4 = 24300;
    EXPECT_EQ(check_fit(netlist, request).error().id, DiagnosticId::DesignDoesNotFit);
    netlist = {.json = {}, .ff = 30000};
    EXPECT_EQ(check_fit(netlist, request).error().id, DiagnosticId::DesignDoesNotFit);
    netlist = {.json = {}, .ccu2c = 9000};
    EXPECT_EQ(check_fit(netlist, request).error().id, DiagnosticId::DesignDoesNotFit);
    request.device = *find_device("ecp5-45");
    EXPECT_TRUE(check_fit(netlist, request));
}

TEST(PlaceAndRoute, GivesFmaxAndTheCellsOfTheCore) {
    LUTRA_TOOL_OR_SKIP(yosys, find_yosys(tool_paths_for_tests()));
    LUTRA_TOOL_OR_SKIP(nextpnr, find_nextpnr_ecp5(tool_paths_for_tests()));
    const TestFolder folder("nextpnr");
    ASSERT_TRUE(write_file(folder.path() / "core.v", R"(module core(input clk, input signed [15:0] a, b, c, output reg signed [17:0] y);
    reg signed [16:0] sum;
    reg signed [15:0] held;
    always @(posedge clk) begin
        sum <= a + b;
        held <= c;
        y <= sum + held;
    end
endmodule
)"));
    const auto core = synthesize(yosys, {.files = {folder.path() / "core.v"}, .top = "core", .work_folder = folder.path()});
    ASSERT_TRUE(core) << to_string(core.error());
    bool has_placed = false;
    std::uint64_t most_routed = 0;
    const auto result = place_and_route(
        nextpnr, {.json_netlist = core->json_netlist, .top = "core", .device = *find_device("ecp5-25"), .num_seeds = 2, .work_folder = folder.path()},
        [&](const ProgressStep& step) {
            has_placed = has_placed || step.what.ends_with("placing");
            most_routed = std::max(most_routed, step.total > 0 && step.done <= step.total ? step.done : 0);
        });
    EXPECT_TRUE(has_placed);
    EXPECT_GT(most_routed, 0U);
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(result->seeds.size(), 2U);
    EXPECT_EQ(result->ff, core->resources.ff);
    EXPECT_GT(result->fmax_mhz, 50);
    EXPECT_GE(result->lut, occupied_luts(core->resources, DeviceFamily::Ecp5));
    EXPECT_TRUE(result->seed == 1 || result->seed == 2);

    const auto netlist = prepare_ecp5_netlist(*read_file(core->json_netlist, max_bytes), "core", "clk");
    ASSERT_TRUE(netlist);
    EXPECT_EQ(result->lut + result->harness_lut, netlist->predicted_comb());
}

}  // namespace
}  // namespace lutra
