#include "lutra/emit/verilog/cell_models.h"

#include <fmt/format.h>

namespace lutra {

namespace {

constexpr std::string_view xilinx_luts = R"(
module LUT6 #(parameter [63:0] INIT = 64'h0) (output O, input I0, I1, I2, I3, I4, I5);
    wire [5:0] address = {I5, I4, I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT5 #(parameter [31:0] INIT = 32'h0) (output O, input I0, I1, I2, I3, I4);
    wire [4:0] address = {I4, I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT4 #(parameter [15:0] INIT = 16'h0) (output O, input I0, I1, I2, I3);
    wire [3:0] address = {I3, I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT3 #(parameter [7:0] INIT = 8'h0) (output O, input I0, I1, I2);
    wire [2:0] address = {I2, I1, I0};
    assign O = INIT[address];
endmodule
module LUT2 #(parameter [3:0] INIT = 4'h0) (output O, input I0, I1);
    wire [1:0] address = {I1, I0};
    assign O = INIT[address];
endmodule
module LUT1 #(parameter [1:0] INIT = 2'h0) (output O, input I0);
    assign O = INIT[I0];
endmodule
// O5 reads the lower half of the table; O6 the half that I5 chooses.
module LUT6_2 #(parameter [63:0] INIT = 64'h0) (output O6, output O5, input I0, I1, I2, I3, I4, I5);
    wire [5:0] address = {I5, I4, I3, I2, I1, I0};
    wire [5:0] low = {1'b0, I4, I3, I2, I1, I0};
    assign O6 = INIT[address];
    assign O5 = INIT[low];
endmodule
module MUXF7 (output O, input I0, I1, S);
    assign O = S ? I1 : I0;
endmodule
module MUXF8 (output O, input I0, I1, S);
    assign O = S ? I1 : I0;
endmodule
)";

/// A carry chain of `width` bits as one addition: S propagates, DI generates where S does not. `second_input` is the cell's other first carry.
std::string xilinx_carry(std::string_view name, int width, std::string_view parameter, std::string_view second_input) {
    const int top = width - 1;
    std::string text = fmt::format("module {}{} (input CI, input {}, input [{}:0] DI, S, output [{}:0] O, CO);\n", name, parameter, second_input, top, top);
    text += fmt::format("    wire carry_in = {};\n", second_input == "CYINIT" ? "CI | CYINIT" : "CI");
    text += fmt::format("    wire [{0}:0] total = {{1'b0, DI & ~S}} + {{1'b0, S | DI}} + {{{0}'d0, carry_in}};\n", width);
    text += fmt::format("    wire [{0}:0] carries = total[{0}:0] ^ S;\n    assign O = total[{0}:0];\n    assign CO = {{total[{1}], carries[{0}:1]}};\n", top,
                        width);
    return text + "endmodule\n";
}

constexpr std::string_view ecp5_cells = R"(
module LUT4 #(parameter [15:0] INIT = 16'h0) (input A, B, C, D, output Z);
    wire [3:0] address = {D, C, B, A};
    assign Z = INIT[address];
endmodule
module PFUMX (input ALUT, BLUT, C0, output Z);
    assign Z = C0 ? ALUT : BLUT;
endmodule
module L6MUX21 (input D0, D1, SD, output Z);
    assign Z = SD ? D1 : D0;
endmodule
// Two bits of a carry chain: a table of four inputs propagates; its four lowest entries, read by A and B, generate.
module CCU2C #(parameter [15:0] INIT0 = 16'h0, parameter [15:0] INIT1 = 16'h0, parameter INJECT1_0 = "NO", parameter INJECT1_1 = "NO")
    (input CIN, A0, B0, C0, D0, A1, B1, C1, D1, output S0, S1, COUT);
    wire [3:0] address_0 = {D0, C0, B0, A0};
    wire [3:0] address_1 = {D1, C1, B1, A1};
    wire [3:0] low_0 = {2'b00, B0, A0};
    wire [3:0] low_1 = {2'b00, B1, A1};
    wire propagate_0 = INIT0[address_0];
    wire propagate_1 = INIT1[address_1];
    wire carry = propagate_0 ? CIN : INIT0[low_0];
    assign S0 = propagate_0 ^ CIN;
    assign S1 = propagate_1 ^ carry;
    assign COUT = propagate_1 ? carry : INIT1[low_1];
endmodule
)";

}  // namespace

EmittedFile emit_cell_models(CellLibrary library) {
    std::string text =
        "// Models of the device's cells, for simulation only.\n/* verilator lint_off DECLFILENAME */\n/* verilator lint_off UNUSEDSIGNAL */\n"
        "/* verilator lint_off UNUSEDPARAM */\n/* verilator lint_off UNOPTFLAT */\n";
    switch (library) {
        case CellLibrary::UltraScalePlus:
            text += std::string(xilinx_luts) + xilinx_carry("CARRY8", 8, " #(parameter CARRY_TYPE = \"SINGLE_CY8\")", "CI_TOP");
            break;
        case CellLibrary::Xilinx7: text += std::string(xilinx_luts) + xilinx_carry("CARRY4", 4, "", "CYINIT"); break;
        case CellLibrary::Ecp5: text += ecp5_cells; break;
    }
    return {std::string(cell_models_name), text};
}

}  // namespace lutra
