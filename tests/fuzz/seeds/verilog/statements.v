module lutra_model (
    input  wire clk,
    input  wire [6:0] x,
    output wire [7:0] y,
    output wire [0:0] z
);
    wire [3:0] in0 = x[3:0];
    wire [2:0] in1 = x[6:4];
    function [3:0] table_0;
        input [2:0] a;
        case (a)
            3'h0: table_0 = 4'h9;
            3'h5: table_0 = 4'hf;
            default: table_0 = {4{1'bx}};
        endcase
    endfunction
    wire [3:0] lut2 = table_0(in1);
    wire [7:0] sum3 = 8'h03 + {{4{in0[3]}}, in0} - 8'h05 * {5'h00, in1};
    wire [3:0] mux4 = lut2 ? sum3[7:4] : ~in0;
    wire [0:0] eq5 = $signed(in0) == $signed(4'h0);
    wire [3:0] min6 = ($signed(in0) < $signed(sum3[3:0])) ? in0 : sum3[3:0];
    wire [3:0] neg7 = -min6;
    reg [0:0] reg8;
    always @(posedge clk) begin
        reg8 <= eq5;
    end
    assign y[3:0] = neg7;
    assign y[7:4] = min6;
    assign z[0:0] = reg8;
endmodule
