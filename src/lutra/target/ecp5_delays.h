#pragma once

// Written by tools/fit_delays.py: do not edit. nextpnr-ecp5 0.11.1, Yosys 0.70, LFE5U-85F grade -6, best of 2 seeds.
//   fitted: jets_ternary asked for 6 ns, 6302 LUTs (+0.5 % of Yosys'): 3.70 ns for 3.81 ns, -2.8 %
//   fitted: jets_ternary asked for 12 ns, 6302 LUTs (+0.4 % of Yosys'): 10.35 ns for 10.20 ns, +1.5 %
//   fitted: 0.758 asked for 5 ns, 2695 LUTs (-0.1 % of Yosys'): 4.61 ns for 4.35 ns, +6.0 %
//   fitted: 0.758 asked for 8 ns, 2695 LUTs (-0.2 % of Yosys'): 7.11 ns for 7.43 ns, -4.3 %
//   fitted: 0.758 asked for 13 ns, 2695 LUTs (-0.2 % of Yosys'): 10.96 ns for 11.20 ns, -2.2 %
//   held back: 0.743 asked for 4 ns, 413 LUTs (+0.0 % of Yosys'): 3.63 ns for 3.97 ns, -8.5 %
//   held back: 0.758 asked for 10 ns, 2695 LUTs (-0.2 % of Yosys'): 9.09 ns for 9.25 ns, -1.8 %
//   held back: jets_ternary asked for 9 ns, 6302 LUTs (+0.4 % of Yosys'): 8.13 ns for 8.06 ns, +0.9 %

namespace lutra::ecp5_delays {

inline constexpr double clock_to_output_ns = 0.52;
inline constexpr double to_register_ns = 0.13;
inline constexpr double lut_ns = 0.24;
inline constexpr double mux_ns = 0.21;
inline constexpr double chain_ns = 0.89;
inline constexpr double chain_per_bit_ns = 0.0355;
inline constexpr double shortest_wire_ns = 0.4;
inline constexpr double longest_wire_ns = 0.837;       ///< by how much the longest wire of a period exceeds a usual one
inline constexpr double wire_ns = 0.420;               ///< a usual one in a design of 1,000 LUTs
inline constexpr double wire_per_doubling_ns = 0.180;  ///< more for each doubling of them

}  // namespace lutra::ecp5_delays
