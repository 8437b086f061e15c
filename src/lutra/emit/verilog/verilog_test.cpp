#include "lutra/emit/verilog/verilog.h"

#include <gtest/gtest.h>

#include "lutra/circuit/builder.h"
#include "lutra/circuit/every_primitive.h"

namespace lutra {
namespace {

std::string text_of(const Circuit& circuit, const std::string& name = "net") {
    const auto files = emit_verilog(circuit, {.module_name = name});
    EXPECT_TRUE(files) << to_string(files.error());
    return files ? files->at(0).content.text() : "";
}

TEST(Verilog, PrintsOneLinePerPrimitiveWithTheLayersName) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4, 2});
    const Wire y = b.input({false, 3, 0});
    b.set_origin("fc1/dense");
    const std::vector<LinearTerm> terms = {{x, 3}, {y, -2}};
    const Wire sum = b.sum(terms, 5);
    const Wire late = b.register_stage(sum);
    b.add_input({"x", {1}, {x}});
    b.add_input({"input", {1}, {y}});
    b.add_output({"y", {2}, {late, b.register_stage(x)}});
    EXPECT_EQ(text_of(b.finish()), R"(// net: one event per cycle, latency 1 cycles.
// Element i of a port lies above element i - 1, its bits in two's complement.
/* verilator lint_off UNUSEDSIGNAL */
module net (
    input  wire clk,
    // x: [1] of fixed<4,2>
    input  wire [3:0] x,
    // input: [1] of ufixed<3,3>
    input  wire [2:0] input_,
    // y: [2] of mixed types
    output wire [10:0] y
);
    wire [3:0] net_in0 = x[3:0];
    wire [2:0] net_in1 = input_[2:0];

    // layer fc1/dense
    wire [6:0] fc1_dense_sum2 = 7'h14 + 7'h03 * {{3{net_in0[3]}}, net_in0} - {{1'h0, net_in1}, 3'h0};
    reg [6:0] fc1_dense_reg3;
    reg [3:0] fc1_dense_reg4;

    always @(posedge clk) begin
        fc1_dense_reg3 <= fc1_dense_sum2;
        fc1_dense_reg4 <= net_in0;
    end

    assign y[6:0] = fc1_dense_reg3;
    assign y[10:7] = fc1_dense_reg4;
endmodule
)");
}

TEST(Verilog, HasNoVectorWithoutBits) {
    CircuitBuilder b;
    const Wire nothing = b.input({true, 0, 0});
    const Wire x = b.input({false, 2, 0});
    b.add_input({"nothing", {1}, {nothing}});
    b.add_input({"x", {1}, {x}});
    b.add_output({"y", {3}, {nothing, x, nothing}});
    const std::string text = text_of(b.finish());
    EXPECT_EQ(text.find("[-1"), std::string::npos) << text;
    EXPECT_EQ(text.find("nothing"), std::string::npos) << text;
}

TEST(Verilog, SharesTheFunctionOfEqualTables) {
    CircuitBuilder b;
    const Wire x = b.input({true, 2, 0});
    const Wire y = b.input({true, 2, 0});
    const auto square = [](const Integer& raw) { return raw * raw; };
    b.add_input({"x", {2}, {x, y}});
    b.add_output({"y", {2}, {b.table(x, 0, square), b.table(y, 0, square)}});
    const std::string text = text_of(b.finish());
    EXPECT_NE(text.find("    function [2:0] table_0;\n        input [1:0] a;\n        case (a)\n            2'h2: table_0 = 3'h4;\n"), std::string::npos);
    EXPECT_NE(text.find("            default: table_0 = {3{1'bx}};\n"), std::string::npos);
    EXPECT_EQ(text.find("table_1"), std::string::npos);
}

TEST(Verilog, KeepsNamesApartFromKeywordsPortsAndOtherLayers) {
    CircuitBuilder b;
    const Wire x = b.input({true, 2, 0});
    b.set_origin("1 wire\n`evil");
    const Wire y = b.negate(x);
    b.add_input({"clk", {1}, {x}});
    b.add_output({"n1_wire_evil_sum1", {1}, {y}});
    b.add_output({"wire", {1}, {y}});
    const std::string text = text_of(b.finish(), "wire");
    EXPECT_NE(text.find("module wire_ ("), std::string::npos) << text;
    EXPECT_NE(text.find("clk_,"), std::string::npos);
    EXPECT_NE(text.find("// layer 1 wire??evil\n"), std::string::npos);
    EXPECT_NE(text.find(" n1_wire_evil_sum1_ ="), std::string::npos);
    EXPECT_NE(text.find("output wire [2:0] wire__"), std::string::npos);
}

TEST(Verilog, KeepsLinesShortAndIsDeterministic) {
    const Circuit circuit = EveryPrimitive::make(EveryPrimitive::corner_types());
    const std::string text = text_of(circuit);
    std::size_t longest = 0;
    for (std::size_t start = 0; start < text.size(); start = text.find('\n', start) + 1) {
        longest = std::max(longest, text.find('\n', start) - start);
    }
    EXPECT_LE(longest, 256U);  // lines break at spaces; one concatenation may be longer than the 120 aimed at
    EXPECT_EQ(text, text_of(circuit));
}

TEST(Verilog, RefusesPortsThatNoSimulatorTakes) {
    CircuitBuilder b;
    const Wire x = b.input({true, 4096, 0});
    b.add_input({"x", {1}, {x}});
    b.add_output({"wide", {1025}, std::vector<Wire>(1025, x)});
    const auto result = emit_verilog(b.finish());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().id, DiagnosticId::TypeTooWide);
}

}  // namespace
}  // namespace lutra
