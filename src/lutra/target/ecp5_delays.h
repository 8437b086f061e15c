#pragma once

// Written by tools/fit_delays.py: do not edit. nextpnr-ecp5 0.11.1, Yosys 0.70, LFE5U-85F grade -6, the mean of the seeds. The designs are in
// tools/ecp5_placements.json. LUT: our count; placed: TRELLIS_COMB, predicted by two more for each carry chain. Each period is predicted by a fit to all
// other nets.
//
//   | net | clock | stages | LUT | of Yosys' | LUT placed | predicted | period | predicted without the net |
//   |---|---|---|---|---|---|---|---|---|
//   | 0.743 | 3 ns | 12 | 372 | +0.0 % | 416 | -0.5 % | 3.22 ns | +1.8 % |
//   | 0.743 | 4 ns | 8 | 375 | +0.0 % | 411 | -0.5 % | 4.09 ns | -4.4 % |
//   | 0.743 | 6 ns | 4 | 375 | +0.0 % | 411 | -0.5 % | 5.72 ns | -5.7 % |
//   | 0.743 | 9 ns | 3 | 372 | +0.0 % | 416 | -0.5 % | 8.29 ns | -4.5 % |
//   | 0.758 | 5 ns | 12 | 2,380 | +0.2 % | 2,676 | +0.1 % | 4.68 ns | -0.1 % |
//   | 0.758 | 8 ns | 8 | 2,711 | -0.2 % | 3,191 | -0.3 % | 7.39 ns | -1.5 % |
//   | 0.758 | 13 ns | 4 | 2,711 | -0.2 % | 3,191 | -0.3 % | 11.82 ns | -3.7 % |
//   | 0.770 | 10 ns | 6 | 9,576 | +1.0 % | 9,973 | +1.0 % | 9.44 ns | +3.0 % |
//   | 0.771 | 7 ns | 15 | 9,531 | +0.0 % | 11,056 | +0.0 % | 6.90 ns | -2.8 % |
//   | 0.771 | 10 ns | 12 | 10,501 | +0.0 % | 12,181 | +0.0 % | 9.10 ns | -2.9 % |
//   | hgq_affine_weights | 4 ns | 9 | 907 | +0.8 % | 1,016 | +0.5 % | 3.91 ns | +7.1 % |
//   | hgq_attention | 5 ns | 18 | 1,672 | +1.9 % | 1,923 | +3.5 % | 4.22 ns | +2.6 % |
//   | hgq_attention | 8 ns | 9 | 1,632 | +1.9 % | 1,941 | +3.5 % | 6.92 ns | +8.3 % |
//   | hgq_attention_two_axes | 6 ns | 16 | 1,593 | +0.1 % | 1,842 | +0.2 % | 5.19 ns | +0.4 % |
//   | hgq_attention_window | 5 ns | 13 | 664 | +0.0 % | 804 | -0.2 % | 4.45 ns | +4.8 % |
//   | hgq_attention_window | 9 ns | 5 | 662 | +0.6 % | 798 | +0.3 % | 8.28 ns | -1.5 % |
//   | hgq_dummy | 6 ns | 6 | 960 | -0.1 % | 1,113 | -0.3 % | 5.77 ns | -6.3 % |
//   | hgq_linformer | 5 ns | 10 | 296 | +1.4 % | 382 | +1.6 % | 4.67 ns | -4.3 % |
//   | hgq_linformer | 8 ns | 5 | 298 | +1.4 % | 378 | +1.6 % | 7.13 ns | -0.2 % |
//   | integer_input | 9 ns | 3 | 871 | +1.4 % | 949 | +1.1 % | 7.70 ns | +2.6 % |
//   | jets_quantised | 10 ns | 13 | 12,099 | -0.3 % | 14,354 | -0.2 % | 9.19 ns | -7.3 % |
//   | jets_ternary | 6 ns | 18 | 6,226 | +0.5 % | 8,280 | +0.7 % | 6.06 ns | -4.4 % |
//   | jets_ternary | 9 ns | 11 | 6,180 | +0.5 % | 8,131 | +0.8 % | 7.96 ns | -1.1 % |
//   | qkeras3_net | 4 ns | 11 | 425 | +1.0 % | 487 | +0.4 % | 3.44 ns | -5.6 % |
//   | qkeras3_net | 5 ns | 7 | 444 | +0.0 % | 498 | -0.4 % | 4.74 ns | -4.3 % |
//   | qkeras3_net | 9 ns | 4 | 412 | +0.2 % | 475 | -0.2 % | 7.88 ns | +1.0 % |
//   | ternary_small | 10 ns | 14 | 7,871 | +0.3 % | 10,087 | +0.2 % | 8.57 ns | +9.2 % |
//
//   27 designs of 15 nets; the largest errors: LUT 1.9 %, placed 3.5 %, period 9.2 % (root of the mean square 4.5 %).

namespace lutra::ecp5_delays {

inline constexpr double clock_to_output_ns = 0.52;
inline constexpr double to_register_ns = 0.13;
inline constexpr double lut_ns = 0.24;
inline constexpr double mux_ns = 0.21;
inline constexpr double chain_ns = 0.89;
inline constexpr double chain_per_bit_ns = 0.0355;
inline constexpr double wire_ns = 0.590;                    ///< a usual wire
inline constexpr double longest_wire_ns = 0.216;            ///< by how much the longest of a way exceeds it in a very small design
inline constexpr double longest_wire_per_width_ns = 0.559;  ///< more in a design of 1,000 LUTs; it grows with their square root

}  // namespace lutra::ecp5_delays
