#pragma once

// Written by tools/fit_delays.py: do not edit.

namespace lutra::ecp5_delays {

inline constexpr double clock_to_output_ns = 0.52;
inline constexpr double to_register_ns = 0.13;
inline constexpr double lut_ns = 0.24;
inline constexpr double mux_ns = 0.21;
inline constexpr double chain_ns = 0.89;
inline constexpr double chain_per_bit_ns = 0.0355;
inline constexpr double longest_wire_ns = 0.837;       ///< by how much the longest wire of a period exceeds a usual one
inline constexpr double wire_ns = 0.420;               ///< a usual one in a design of 1,000 LUTs
inline constexpr double wire_per_doubling_ns = 0.180;  ///< more for each doubling of them

}  // namespace lutra::ecp5_delays
