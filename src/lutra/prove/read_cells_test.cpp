#include "lutra/prove/read_cells.h"

#include <gtest/gtest.h>

#include "lutra/prove/flat_netlist.h"

namespace lutra {
namespace {

const std::string good = R"(module net (
    input  wire [1:0] x,
    output wire [0:0] y
);
    wire a;
    LUT2 #(.INIT(4'h6)) lut_0 (.I0(x[0]), .I1(x[1]), .O(a));
    assign y[0] = a;
endmodule
)";

std::string with(std::string_view what, std::string_view replacement) {
    std::string text = good;
    return text.replace(text.find(what), what.size(), replacement);
}

TEST(ReadCells, GivesTheNetlistThatIsPrinted) {
    const auto module = read_cells(good, "net.v");
    ASSERT_TRUE(module) << to_string(module.error());
    EXPECT_EQ(module->name, "net");
    ASSERT_EQ(module->ports.size(), 2U);
    EXPECT_EQ(module->ports[0].width, 2U);
    const auto flat = flatten(module->netlist);
    ASSERT_TRUE(flat) << flat.error();
    const std::vector<std::uint64_t> inputs = {0b0101, 0b0011};
    EXPECT_EQ(evaluate_nets(*flat, inputs, 1)[flat->outputs[0]] & 0xF, 0b0110U);
}

TEST(ReadCells, RefusesWhatIsNotPrinted) {
    for (const std::string& text : {with("LUT2", "LUT7"), with("4'h6", "8'h6"), with("x[1]", "x[2]"), with("x[1]", "b"), with("wire a;", "wire a; wire a;"),
                                    with("endmodule", ""), with("endmodule", "endmodule endmodule"), with("= a", "= x"), with(".I1(x[1]), ", ""),
                                    with(".I1", ".I0"), with("4'h6)", "4'h6), .INIT(4'h6)"), with("assign y[0] = a;", "assign y[0] = a; assign y[0] = a;")}) {
        const auto module = read_cells(text, "net.v");
        ASSERT_FALSE(module) << text;
        EXPECT_EQ(module.error().id, DiagnosticId::TextSyntax);
    }
}

TEST(FlatNetlist, RefusesLoopsOpenNetsAndTwoDrivers) {
    for (const std::string& text :
         {with("x[1])", "a)"), with(".O(a)", ".O(x[0])"), with("wire a;", "wire a; wire b;\n    LUT1 #(.INIT(2'h1)) l (.I0(x[0]), .O(a));"),
          with("= a", "= open").replace(good.find("wire a;"), 0, "wire open; ")}) {
        const auto module = read_cells(text, "net.v");
        ASSERT_TRUE(module) << to_string(module.error());
        EXPECT_FALSE(flatten(module->netlist)) << text;
    }
}

}  // namespace
}  // namespace lutra
