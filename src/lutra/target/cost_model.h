#pragma once

/// What primitives cost on a device, in LUTs and nanoseconds, before any tool runs. Good for ranking designs and for placing
/// registers; a synthesis tells the truth.

#include "lutra/target/device.h"

namespace lutra {

/// Costs of one device. LUTs follow from the cells' structure; delays are of the slowest sold grade's usual net, see `DelayTerms`.
class CostModel {
public:
    /// `design_luts`: the LUTs of the whole design, by which the longest wires get longer.
    explicit CostModel(const Device& device, double design_luts = usual_design_luts);
    static constexpr double usual_design_luts = 4000;

    /// LUTs of an adder or subtractor whose result has `width` bits, pass-through low bits not counted.
    double adder_luts(int width) const;
    /// LUTs of a truth table. A table of `in_bits` inputs needs 2^(in_bits - k) k-input LUTs and the multiplexers between them; the
    /// wide multiplexers of Xilinx (MUXF7/8) and ECP5 (PFUMX, L6MUX21) are free up to two more inputs.
    double table_luts(int in_bits, int out_bits) const;
    /// LUTs of a choice between two words of `width` bits.
    double mux_luts(int width) const;
    /// LUTs of a comparison of two words of `width` bits, on the carry chain where there is one.
    double compare_luts(int width) const;
    /// LUTs of a gate (and, or, xor) over `num_inputs` one-bit inputs.
    double gate_luts(int num_inputs) const;

    /// Nanoseconds from the inputs of an adder to its last bit, with one wire to it. 0 for a width of 0.
    double adder_delay_ns(int width) const;
    /// Nanoseconds through a table, with the wires between its LUTs.
    double table_delay_ns(int in_bits) const;
    /// Nanoseconds through a multiplexer in the slices of the LUTs that it joins.
    double wide_mux_delay_ns() const;
    /// Nanoseconds by which a register behind such a multiplexer is further away than one behind a LUT.
    double mux_to_register_ns() const;
    /// Nanoseconds through a choice between two words.
    double mux_delay_ns() const;
    /// Nanoseconds through a comparison.
    double compare_delay_ns(int width) const;
    /// Nanoseconds through a gate over `num_inputs` inputs.
    double gate_delay_ns(int num_inputs) const;
    /// Nanoseconds of every clock period that no logic can use: clock to output, setup, and by how much one wire is longer than the others.
    double clock_overhead_ns() const;

    /// True when a measurement stands behind the delays of this family; false where they are borrowed from a similar one.
    bool is_calibrated() const;

private:
    /// Levels of LUTs of a function of `num_inputs` inputs.
    int lut_levels(int num_inputs) const;

    DeviceFamily family_;
    int lut_inputs_;
    double design_luts_;
};

}  // namespace lutra
