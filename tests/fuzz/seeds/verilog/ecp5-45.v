// Written by Lutra: cells of the device, with the bits that the circuit has.
/* verilator lint_off UNUSEDSIGNAL */
module lutra_model (
    input  wire clk,
    // x
    input  wire [5:0] x,
    // y
    output wire [9:0] y
);
    wire [4:0] fc1_row0;
    wire [6:0] fc1_row1;
    wire [5:0] fc1_row2;
    wire fc1_lut0;
    wire act_lut1;
    wire act_lut2;
    wire act_lut3;
    wire act_lut4;
    wire act_lut5;
    wire act_lut6;
    wire act_lut7;
    wire act_lut8;
    wire act_lut9;
    wire act_lut10;
    reg act_reg0;
    reg act_reg1;
    reg act_reg2;
    reg act_reg3;
    reg act_reg4;
    reg act_reg5;
    reg act_reg6;
    reg act_reg7;
    reg act_reg8;
    reg act_reg9;

    LUT4 #(.INIT(16'hdddd)) lut_0 (.A(x[2]), .B(fc1_row0[2]), .C(1'b0), .D(1'b0), .Z(fc1_lut0));
    LUT4 #(.INIT(16'h2222)) lut_1 (.A(fc1_row1[0]), .B(fc1_row1[6]), .C(1'b0), .D(1'b0), .Z(act_lut1));
    LUT4 #(.INIT(16'h2222)) lut_2 (.A(fc1_row1[1]), .B(fc1_row1[6]), .C(1'b0), .D(1'b0), .Z(act_lut2));
    LUT4 #(.INIT(16'h2222)) lut_3 (.A(fc1_row1[2]), .B(fc1_row1[6]), .C(1'b0), .D(1'b0), .Z(act_lut3));
    LUT4 #(.INIT(16'h2222)) lut_4 (.A(fc1_row1[3]), .B(fc1_row1[6]), .C(1'b0), .D(1'b0), .Z(act_lut4));
    LUT4 #(.INIT(16'h2222)) lut_5 (.A(fc1_row1[4]), .B(fc1_row1[6]), .C(1'b0), .D(1'b0), .Z(act_lut5));
    LUT4 #(.INIT(16'h2222)) lut_6 (.A(fc1_row2[0]), .B(fc1_row2[5]), .C(1'b0), .D(1'b0), .Z(act_lut6));
    LUT4 #(.INIT(16'h2222)) lut_7 (.A(fc1_row2[1]), .B(fc1_row2[5]), .C(1'b0), .D(1'b0), .Z(act_lut7));
    LUT4 #(.INIT(16'h2222)) lut_8 (.A(fc1_row2[2]), .B(fc1_row2[5]), .C(1'b0), .D(1'b0), .Z(act_lut8));
    LUT4 #(.INIT(16'h2222)) lut_9 (.A(fc1_row2[3]), .B(fc1_row2[5]), .C(1'b0), .D(1'b0), .Z(act_lut9));
    LUT4 #(.INIT(16'h2222)) lut_10 (.A(fc1_row2[4]), .B(fc1_row2[5]), .C(1'b0), .D(1'b0), .Z(act_lut10));

    wire [3:0] co_0;
    wire top_0;
    assign co_0[0] = 1'b0;
    CCU2C #(.INIT0(16'h8004), .INIT1(16'h9002), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_0_0 (.CIN(co_0[0]), .A0(x[3]), .B0(1'b1), .C0(1'b1), .D0(1'b1), .S0(fc1_row0[0]), .A1(x[0]), .B1(x[4]), .C1(1'b1), .D1(1'b1), .S1(fc1_row0[1]), .COUT(co_0[1]));
    CCU2C #(.INIT0(16'h9000), .INIT1(16'ha905), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_0_1 (.CIN(co_0[1]), .A0(x[1]), .B0(x[5]), .C0(1'b1), .D0(1'b1), .S0(fc1_row0[2]), .A1(x[2]), .B1(x[1]), .C1(x[5]), .D1(1'b1), .S1(fc1_row0[3]), .COUT(co_0[2]));
    CCU2C #(.INIT0(16'h8000), .INIT1(16'h0000), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_0_2 (.CIN(co_0[2]), .A0(1'b1), .B0(1'b1), .C0(1'b1), .D0(1'b1), .S0(fc1_row0[4]), .A1(1'b0), .B1(1'b0), .C1(1'b0), .D1(1'b0), .S1(top_0), .COUT(co_0[3]));

    wire [4:0] co_1;
    wire top_1;
    assign co_1[0] = 1'b0;
    CCU2C #(.INIT0(16'h6008), .INIT1(16'h6008), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_1_0 (.CIN(co_1[0]), .A0(x[0]), .B0(fc1_row0[0]), .C0(1'b1), .D0(1'b1), .S0(fc1_row1[0]), .A1(x[1]), .B1(fc1_row0[1]), .C1(1'b1), .D1(1'b1), .S1(fc1_row1[1]), .COUT(co_1[1]));
    CCU2C #(.INIT0(16'h6000), .INIT1(16'h6909), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_1_1 (.CIN(co_1[1]), .A0(x[2]), .B0(fc1_row0[2]), .C0(1'b1), .D0(1'b1), .S0(fc1_row1[2]), .A1(x[3]), .B1(fc1_row0[3]), .C1(fc1_lut0), .D1(1'b1), .S1(fc1_row1[3]), .COUT(co_1[2]));
    CCU2C #(.INIT0(16'h6669), .INIT1(16'h5904), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_1_2 (.CIN(co_1[2]), .A0(x[4]), .B0(fc1_row0[4]), .C0(x[3]), .D0(fc1_row0[3]), .S0(fc1_row1[4]), .A1(x[5]), .B1(x[4]), .C1(fc1_row0[4]), .D1(1'b1), .S1(fc1_row1[5]), .COUT(co_1[3]));
    CCU2C #(.INIT0(16'h8000), .INIT1(16'h0000), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_1_3 (.CIN(co_1[3]), .A0(1'b1), .B0(1'b1), .C0(1'b1), .D0(1'b1), .S0(fc1_row1[6]), .A1(1'b0), .B1(1'b0), .C1(1'b0), .D1(1'b0), .S1(top_1), .COUT(co_1[4]));

    wire [3:0] co_2;
    assign co_2[0] = 1'b0;
    CCU2C #(.INIT0(16'h8004), .INIT1(16'h9000), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_2_0 (.CIN(co_2[0]), .A0(x[0]), .B0(1'b1), .C0(1'b1), .D0(1'b1), .S0(fc1_row2[0]), .A1(x[1]), .B1(fc1_row0[0]), .C1(1'b1), .D1(1'b1), .S1(fc1_row2[1]), .COUT(co_2[1]));
    CCU2C #(.INIT0(16'h7887), .INIT1(16'h650a), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_2_1 (.CIN(co_2[1]), .A0(x[1]), .B0(fc1_row0[0]), .C0(x[2]), .D0(fc1_row0[1]), .S0(fc1_row2[2]), .A1(fc1_row0[2]), .B1(x[2]), .C1(fc1_row0[1]), .D1(1'b1), .S1(fc1_row2[3]), .COUT(co_2[2]));
    CCU2C #(.INIT0(16'h9002), .INIT1(16'h9000), .INJECT1_0("NO"), .INJECT1_1("NO")) carry_2_2 (.CIN(co_2[2]), .A0(fc1_row0[3]), .B0(fc1_row0[2]), .C0(1'b1), .D0(1'b1), .S0(fc1_row2[4]), .A1(fc1_row0[4]), .B1(fc1_row0[3]), .C1(1'b1), .D1(1'b1), .S1(fc1_row2[5]), .COUT(co_2[3]));

    always @(posedge clk) begin
        act_reg0 <= act_lut1;
        act_reg1 <= act_lut2;
        act_reg2 <= act_lut3;
        act_reg3 <= act_lut4;
        act_reg4 <= act_lut5;
        act_reg5 <= act_lut6;
        act_reg6 <= act_lut7;
        act_reg7 <= act_lut8;
        act_reg8 <= act_lut9;
        act_reg9 <= act_lut10;
    end

    assign y[0] = act_reg0;
    assign y[1] = act_reg1;
    assign y[2] = act_reg2;
    assign y[3] = act_reg3;
    assign y[4] = act_reg4;
    assign y[5] = act_reg5;
    assign y[6] = act_reg6;
    assign y[7] = act_reg7;
    assign y[8] = act_reg8;
    assign y[9] = act_reg9;
endmodule
