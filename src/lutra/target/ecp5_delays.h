#pragma once

// Written by tools/fit_delays.py: do not edit. nextpnr-ecp5 0.11.1, Yosys 0.70, LFE5U-85F grade -6, the mean of the seeds. The designs are in
// tools/ecp5_placements.json. LUT: our count; placed: TRELLIS_COMB, predicted by two more for each carry chain. Each period is predicted by a fit to all other
// nets.
//
//   | net | clock | stages | LUT | of Yosys' | LUT placed | predicted | period | predicted without the net |
//   |---|---|---|---|---|---|---|---|---|
//   | 0.743 | 3 ns | 13 | 380 | +0.0 % | 426 | -0.5 % | 3.84 ns | -11.0 % |
//   | 0.743 | 4 ns | 9 | 380 | +0.0 % | 426 | -0.5 % | 4.33 ns | -8.9 % |
//   | 0.743 | 6 ns | 4 | 380 | +0.0 % | 426 | -0.5 % | 6.24 ns | -8.8 % |
//   | 0.743 | 9 ns | 3 | 380 | +0.0 % | 426 | -0.5 % | 8.69 ns | -6.8 % |
//   | 0.758 | 5 ns | 19 | 2,696 | -0.1 % | 3,181 | -0.2 % | 4.34 ns | +1.9 % |
//   | 0.758 | 8 ns | 8 | 2,711 | -0.2 % | 3,191 | -0.3 % | 7.39 ns | -2.5 % |
//   | 0.758 | 13 ns | 4 | 2,711 | -0.2 % | 3,191 | -0.3 % | 11.82 ns | -1.3 % |
//   | 0.770 | 10 ns | 6 | 9,658 | +1.5 % | 10,028 | +1.4 % | 9.25 ns | +8.3 % |
//   | 0.771 | 10 ns | 12 | 10,501 | +0.0 % | 12,181 | +0.0 % | 9.10 ns | -3.2 % |
//   | hgq_affine_weights | 4 ns | 9 | 907 | +0.8 % | 1,016 | +0.5 % | 3.91 ns | +7.7 % |
//   | hgq_attention | 5 ns | 22 | 1,848 | +2.3 % | 2,192 | +3.6 % | 4.11 ns | +3.6 % |
//   | hgq_attention | 8 ns | 10 | 1,849 | +3.2 % | 2,186 | +4.4 % | 7.11 ns | +4.5 % |
//   | hgq_attention_two_axes | 6 ns | 18 | 1,739 | +0.8 % | 2,075 | +0.9 % | 5.54 ns | -0.4 % |
//   | hgq_attention_window | 5 ns | 13 | 783 | +0.8 % | 959 | +0.4 % | 4.81 ns | -0.9 % |
//   | hgq_attention_window | 9 ns | 5 | 783 | +1.3 % | 955 | +0.8 % | 8.97 ns | -2.7 % |
//   | hgq_dummy | 6 ns | 5 | 960 | -0.1 % | 1,113 | -0.3 % | 5.93 ns | -3.3 % |
//   | hgq_linformer | 8 ns | 6 | 392 | +5.9 % | 490 | +6.1 % | 7.85 ns | +3.8 % |
//   | integer_input | 9 ns | 3 | 871 | +1.6 % | 947 | +1.3 % | 8.21 ns | +3.7 % |
//   | jets_quantised | 10 ns | 13 | 12,099 | -0.3 % | 14,354 | -0.2 % | 9.19 ns | -6.7 % |
//   | jets_ternary | 6 ns | 22 | 6,301 | +0.5 % | 8,657 | +0.7 % | 5.45 ns | -3.7 % |
//   | jets_ternary | 9 ns | 11 | 6,180 | +0.5 % | 8,131 | +0.8 % | 7.96 ns | -0.8 % |
//   | qkeras3_net | 5 ns | 8 | 482 | -1.0 % | 551 | -1.3 % | 4.77 ns | -3.9 % |
//   | qkeras3_net | 9 ns | 4 | 447 | -0.2 % | 520 | -0.2 % | 8.16 ns | +6.6 % |
//   | ternary_small | 10 ns | 14 | 7,871 | +0.3 % | 10,087 | +0.2 % | 8.57 ns | +3.7 % |
//
//   24 designs of 15 nets; the largest errors: LUT 5.9 %, placed 6.1 %, period 11.0 % (root of the mean square 5.3 %).

namespace lutra::ecp5_delays {

inline constexpr double clock_to_output_ns = 0.52;
inline constexpr double to_register_ns = 0.13;
inline constexpr double lut_ns = 0.24;
inline constexpr double mux_ns = 0.21;
inline constexpr double chain_ns = 0.89;
inline constexpr double chain_per_bit_ns = 0.0355;
inline constexpr double longest_wire_ns = 0.790;    ///< by how much the longest wire of a period exceeds a usual one
inline constexpr double wire_ns = 0.357;            ///< a usual one in a very small design
inline constexpr double wire_per_width_ns = 0.195;  ///< more in a design of 1,000 LUTs; it grows with their square root

}  // namespace lutra::ecp5_delays
