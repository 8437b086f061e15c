// Written by Lutra: cells of the device, with the bits that the circuit has.
/* verilator lint_off UNUSEDSIGNAL */
module lutra_model (
    input  wire clk,
    // x
    input  wire [5:0] x,
    // y
    output wire [9:0] y
);
    wire [6:0] fc1_row0;
    wire fc1_row0_carry1;
    wire fc1_row0_carry2;
    wire fc1_row0_carry3;
    wire fc1_row0_carry4;
    wire [5:0] fc1_row1;
    wire fc1_row1_carry2;
    wire fc1_row1_carry3;
    wire act_lut0;
    wire act_lut_low0;
    wire act_lut1;
    wire act_lut_low1;
    wire act_lut2;
    wire act_lut_low2;
    wire act_lut3;
    wire act_lut_low3;
    wire act_lut4;
    wire act_lut_low4;
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

    LUT6_2 #(.INIT(64'h2222222230303030)) lut_0 (.I0(fc1_row0[0]), .I1(fc1_row0[6]), .I2(fc1_row0[1]), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(act_lut0), .O5(act_lut_low0));
    LUT6_2 #(.INIT(64'h2222222230303030)) lut_1 (.I0(fc1_row0[2]), .I1(fc1_row0[6]), .I2(fc1_row0[3]), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(act_lut1), .O5(act_lut_low1));
    LUT6_2 #(.INIT(64'h2222222200f000f0)) lut_2 (.I0(fc1_row0[4]), .I1(fc1_row0[6]), .I2(fc1_row1[0]), .I3(fc1_row1[5]), .I4(1'b1), .I5(1'b1), .O6(act_lut2), .O5(act_lut_low2));
    LUT6_2 #(.INIT(64'h2222222230303030)) lut_3 (.I0(fc1_row1[1]), .I1(fc1_row1[5]), .I2(fc1_row1[2]), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(act_lut3), .O5(act_lut_low3));
    LUT6_2 #(.INIT(64'h2222222230303030)) lut_4 (.I0(fc1_row1[3]), .I1(fc1_row1[5]), .I2(fc1_row1[4]), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(act_lut4), .O5(act_lut_low4));

    wire [7:0] co_0;
    wire [7:0] o_0;
    wire s_0_0;
    wire g_0_0;
    LUT6_2 #(.INIT(64'h6666666655555555)) lut_0_0 (.I0(x[0]), .I1(x[3]), .I2(1'b1), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_0_0), .O5(g_0_0));
    wire s_0_1;
    LUT6_2 #(.INIT(64'h9999999977777777)) lut_0_1 (.I0(x[1]), .I1(x[4]), .I2(1'b1), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_0_1), .O5(fc1_row0_carry1));
    wire s_0_2;
    LUT6_2 #(.INIT(64'h69966996e8e8e8e8)) lut_0_2 (.I0(x[2]), .I1(x[0]), .I2(x[5]), .I3(fc1_row0_carry1), .I4(1'b1), .I5(1'b1), .O6(s_0_2), .O5(fc1_row0_carry2));
    wire s_0_3;
    LUT6_2 #(.INIT(64'h69696969eeeeeeee)) lut_0_3 (.I0(x[3]), .I1(x[1]), .I2(fc1_row0_carry2), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_0_3), .O5(fc1_row0_carry3));
    wire s_0_4;
    LUT6_2 #(.INIT(64'h6969696922222222)) lut_0_4 (.I0(x[4]), .I1(x[2]), .I2(fc1_row0_carry3), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_0_4), .O5(fc1_row0_carry4));
    wire s_0_5;
    LUT2 #(.INIT(4'h9)) lut_0_5 (.I0(x[5]), .I1(fc1_row0_carry4), .O(s_0_5));
    CARRY8 #(.CARRY_TYPE("SINGLE_CY8")) carry_0_0 (.CI(1'b0), .CI_TOP(1'b0), .DI({1'b0, 1'b0, fc1_row0_carry4, fc1_row0_carry3, fc1_row0_carry2, fc1_row0_carry1, 1'b0, g_0_0}), .S({1'b0, 1'b1, s_0_5, s_0_4, s_0_3, s_0_2, s_0_1, s_0_0}), .O(o_0[7:0]), .CO(co_0[7:0]));
    assign fc1_row0 = o_0[6:0];

    wire [7:0] co_1;
    wire [7:0] o_1;
    wire s_1_1;
    LUT2 #(.INIT(4'h9)) lut_1_1 (.I0(x[1]), .I1(x[3]), .O(s_1_1));
    wire s_1_2;
    LUT6_2 #(.INIT(64'h69696969b2b2b2b2)) lut_1_2 (.I0(x[2]), .I1(x[0]), .I2(x[4]), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_1_2), .O5(fc1_row1_carry2));
    wire s_1_3;
    LUT6_2 #(.INIT(64'h6969696977777777)) lut_1_3 (.I0(x[1]), .I1(x[5]), .I2(fc1_row1_carry2), .I3(1'b1), .I4(1'b1), .I5(1'b1), .O6(s_1_3), .O5(fc1_row1_carry3));
    wire s_1_4;
    LUT2 #(.INIT(4'h6)) lut_1_4 (.I0(x[2]), .I1(fc1_row1_carry3), .O(s_1_4));
    CARRY8 #(.CARRY_TYPE("SINGLE_CY8")) carry_1_0 (.CI(1'b0), .CI_TOP(1'b0), .DI({1'b0, 1'b0, 1'b0, fc1_row1_carry3, fc1_row1_carry2, 1'b0, x[3], 1'b1}), .S({1'b0, 1'b0, 1'b1, s_1_4, s_1_3, s_1_2, s_1_1, x[0]}), .O(o_1[7:0]), .CO(co_1[7:0]));
    assign fc1_row1 = o_1[5:0];

    always @(posedge clk) begin
        act_reg0 <= act_lut0;
        act_reg1 <= act_lut_low0;
        act_reg2 <= act_lut1;
        act_reg3 <= act_lut_low1;
        act_reg4 <= act_lut2;
        act_reg5 <= act_lut_low2;
        act_reg6 <= act_lut3;
        act_reg7 <= act_lut_low3;
        act_reg8 <= act_lut4;
        act_reg9 <= act_lut_low4;
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
