// net: one event per cycle, latency 1 cycles.
// Element i of a port lies above element i - 1, its bits in two's complement.
/* verilator lint_off UNUSEDSIGNAL */
module net (
    input  wire clk,
    // x: [2] of mixed types
    input  wire [6:0] x,
    // y: [2] of fixed<4,4>
    output wire [7:0] y,
    // z: [] of ufixed<1,1>
    output wire [0:0] z
);
    wire [3:0] net_in0 = x[3:0];
    wire [2:0] net_in1 = x[6:4];
    wire [3:0] net_wrap2 = {1'h0, net_in1};
    wire [3:0] net_add3 = net_in0 + net_wrap2;
    wire [3:0] net_max4 = ($signed(net_in0) > $signed(net_wrap2)) ? net_in0 : net_wrap2;
    wire [0:0] net_less5 = $signed(net_in0) < $signed(net_wrap2);
    reg [3:0] net_reg6;
    reg [3:0] net_reg7;
    reg [0:0] net_reg8;

    always @(posedge clk) begin
        net_reg6 <= net_add3;
        net_reg7 <= net_max4;
        net_reg8 <= net_less5;
    end

    assign y[3:0] = net_reg6;
    assign y[7:4] = net_reg7;

    assign z[0:0] = net_reg8;
endmodule
