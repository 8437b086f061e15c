#include "lutra/emit/verilog/cells.h"

#include <gtest/gtest.h>

#include <memory>

#include "lutra/circuit/builder.h"

namespace lutra {
namespace {

/// y = not x by one LUT of layer `fc`, between ports of these names.
EmittedFile inverter(const std::string& input, const std::string& output) {
    CircuitBuilder b;
    const Wire x = b.input({false, 1, 0});
    b.add_input({input, {1}, {x}});
    b.add_output({output, {1}, {b.logical_not(x)}});
    auto netlist = std::make_shared<CellNetlist>();
    netlist->origins = {"fc"};
    netlist->num_nets = 4;
    netlist->inputs = {2};
    netlist->luts.push_back({.inputs = {{2}, 1}, .table = ~input_tables[0], .output = 3});
    netlist->outputs = {3};
    return emit_cells(netlist, b.finish(), CellLibrary::UltraScalePlus, {.module_name = "net"}).value();
}

TEST(Cells, ArePrintedWithTheNamesOfTheirLayers) {
    EXPECT_EQ(inverter("x", "y").content.text(), R"(// Written by Lutra: cells of the device, with the bits that the circuit has.
/* verilator lint_off UNUSEDSIGNAL */
module net (
    // x
    input  wire [0:0] x,
    // y
    output wire [0:0] y
);
    wire fc_lut0;

    LUT1 #(.INIT(2'h1)) lut_0 (.I0(x[0]), .O(fc_lut0));

    assign y[0] = fc_lut0;
endmodule
)");
}

TEST(Cells, LeaveTheirNamesToPorts) {
    const std::string text = inverter("lut_0", "fc_lut0").content.text();
    EXPECT_TRUE(text.contains("    LUT1 #(.INIT(2'h1)) lut_0_ (.I0(lut_0[0]), .O(fc_lut0_));\n")) << text;
    EXPECT_TRUE(text.contains("    assign fc_lut0[0] = fc_lut0_;\n")) << text;
}

TEST(Cells, ArePrintedAgainWheneverTheyAreAskedFor) {
    const EmittedFile file = inverter("x", "y");
    EXPECT_EQ(file.content.text(), file.content.text());
    std::string parts;
    file.content.print([&](std::string_view part) { parts += part; });
    EXPECT_EQ(parts, file.content.text());
}

}  // namespace
}  // namespace lutra
