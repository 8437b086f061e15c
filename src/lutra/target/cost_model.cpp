#include "lutra/target/cost_model.h"

#include <algorithm>
#include <cmath>

#include "lutra/base/assert.h"
#include "lutra/target/ecp5_delays.h"

namespace lutra {

namespace {

/// Delays of a family in nanoseconds.
struct DelayTerms {
    double adder = 0;          ///< onto a carry chain and off it again
    double adder_per_bit = 0;  ///< along the chain
    double lut = 0;
    double wide_mux = 0;              ///< behind LUTs
    double wire = 0;                  ///< one usual net
    double clock = 0;                 ///< clock to output and setup
    bool packs_mux_registers = true;  ///< a register behind a wide multiplexer stands in its slice
    bool is_calibrated = false;
};

/// Where the terms come from:
/// * ECP5, grade -6: logic as nextpnr says it of each cell; wires fitted by tools/fit_delays.py to designs that it placed and routed:
///   one of a way is as long as the design is wide, the others are not. nextpnr takes another slice for a register behind PFUMX or L6MUX21.
/// * UltraScale+: period 0.18 + 0.81 L fitted to a timing analysis of our own on public delay terms of the architecture with a usual
///   wire of 200 ps + 25 ps per doubling of the fan-out; never compared with the vendor's tool, so not calibrated.
/// * Xilinx 7, grade -1: the specify blocks that Yosys ships for its mapper (LUT 0.12, CARRY4 0.11 per 4 bits, wire 0.30) with the wire
///   doubled, as usual nets are longer than its constant; not calibrated.
/// * iCE40 HX: Project IceStorm's timing of LUT (0.40), carry (0.13 per bit) and a usual wire (0.60..1.2); not calibrated.
DelayTerms terms_of(DeviceFamily family, double design_luts) {
    switch (family) {
        case DeviceFamily::Ecp5:
            return {.adder = ecp5_delays::chain_ns,
                    .adder_per_bit = ecp5_delays::chain_per_bit_ns,
                    .lut = ecp5_delays::lut_ns,
                    .wide_mux = ecp5_delays::mux_ns,
                    .wire = ecp5_delays::wire_ns,
                    .clock = ecp5_delays::clock_to_output_ns + ecp5_delays::to_register_ns + ecp5_delays::longest_wire_ns +
                             ecp5_delays::longest_wire_per_width_ns * std::sqrt(std::max(design_luts, 0.0) / 1000),
                    .packs_mux_registers = false,
                    .is_calibrated = true};
        case DeviceFamily::Ice40: return {.adder = 0.85, .adder_per_bit = 0.13, .lut = 0.40, .wire = 1.00, .clock = 1.60};
        case DeviceFamily::Xilinx7: return {.adder = 0.75, .adder_per_bit = 0.028, .lut = 0.12, .wire = 0.60, .clock = 0.90};
        case DeviceFamily::UltraScalePlus: return {.adder = 0.42, .adder_per_bit = 0.008, .lut = 0.10, .wire = 0.30, .clock = 0.18};
        case DeviceFamily::Lut4: return {.adder = 0.40, .adder_per_bit = 0.40, .lut = 0.40, .wire = 0.60, .clock = 1.00};
        case DeviceFamily::Lut6: return {.adder = 0.20, .adder_per_bit = 0.20, .lut = 0.20, .wire = 0.40, .clock = 0.50};
    }
    LUTRA_UNREACHABLE("device family");
}

bool has_carry_chains(DeviceFamily family) { return family != DeviceFamily::Lut4 && family != DeviceFamily::Lut6; }

/// Inputs beyond those of one LUT that wide multiplexers, which are not LUTs, can decode.
int free_inputs(DeviceFamily family) { return family == DeviceFamily::Lut4 || family == DeviceFamily::Lut6 || family == DeviceFamily::Ice40 ? 0 : 2; }

}  // namespace

CostModel::CostModel(const Device& device, double design_luts) : family_(device.family), lut_inputs_(device.lut_inputs), design_luts_(design_luts) {}

double CostModel::adder_luts(int width) const {
    if (width <= 0) {
        return 0;
    }
    if (!has_carry_chains(family_)) {
        // A full adder per bit takes two LUTs, less one where the carry out is the last bit.
        return 2.0 * width - 1;
    }
    if (family_ == DeviceFamily::Ecp5) {
        // CCU2C holds two bits; the packer adds two LUTs that feed the chain (measured: 2 CCU2C + 2 per chain once unread carries are cut).
        return 2.0 * ((width + 1) / 2) + 2;
    }
    return width;
}

double CostModel::table_luts(int in_bits, int out_bits) const {
    if (in_bits <= 0 || out_bits <= 0) {
        return 0;
    }
    if (in_bits <= lut_inputs_) {
        // Two outputs of at most five inputs share the two halves of a 6-input LUT.
        const bool is_shared = lut_inputs_ == 6 && in_bits < lut_inputs_ && has_carry_chains(family_);
        return is_shared ? (out_bits + 1) / 2 : out_bits;
    }
    const double leaves = std::ldexp(1.0, in_bits - lut_inputs_);
    // A 6-input LUT chooses one of four, a 4-input LUT one of two.
    const int ways = lut_inputs_ == 6 ? 4 : 2;
    const double after_free = leaves / std::ldexp(1.0, std::min(free_inputs(family_), in_bits - lut_inputs_));
    const double muxes = std::ceil((after_free - 1) / (ways - 1));
    return out_bits * (leaves + muxes);
}

double CostModel::mux_luts(int width) const { return std::max(width, 0); }

double CostModel::compare_luts(int width) const {
    if (width <= 0) {
        return 0;
    }
    switch (family_) {
        case DeviceFamily::Ecp5: return adder_luts(width);
        case DeviceFamily::Ice40: return width;
        case DeviceFamily::Xilinx7:
        case DeviceFamily::UltraScalePlus: return (width + 1) / 2;  // a LUT compares two bits for CARRY4
        case DeviceFamily::Lut4:
        case DeviceFamily::Lut6: return gate_luts(2 * width);
    }
    LUTRA_UNREACHABLE("device family");
}

double CostModel::gate_luts(int num_inputs) const { return num_inputs <= 1 ? 0 : std::ceil(static_cast<double>(num_inputs - 1) / (lut_inputs_ - 1)); }

double CostModel::adder_delay_ns(int width) const {
    const DelayTerms terms = terms_of(family_, design_luts_);
    return width <= 0 ? 0 : terms.adder + terms.adder_per_bit * width + terms.wire;
}

double CostModel::table_delay_ns(int in_bits) const {
    if (in_bits <= 0) {
        return 0;
    }
    const DelayTerms terms = terms_of(family_, design_luts_);
    const int ways_inputs = lut_inputs_ == 6 ? 2 : 1;
    const int beyond = std::max(0, in_bits - lut_inputs_ - free_inputs(family_));
    const int levels = 1 + (beyond + ways_inputs - 1) / ways_inputs;
    return levels * (terms.lut + terms.wire);
}

double CostModel::wide_mux_delay_ns() const { return terms_of(family_, design_luts_).wide_mux; }

double CostModel::mux_to_register_ns() const {
    const DelayTerms terms = terms_of(family_, design_luts_);
    return terms.packs_mux_registers ? 0 : terms.wire - ecp5_delays::to_register_ns;
}

double CostModel::mux_delay_ns() const {
    const DelayTerms terms = terms_of(family_, design_luts_);
    return terms.lut + terms.wire;
}

double CostModel::compare_delay_ns(int width) const { return adder_delay_ns(width); }

double CostModel::gate_delay_ns(int num_inputs) const {
    const DelayTerms terms = terms_of(family_, design_luts_);
    return lut_levels(num_inputs) * (terms.lut + terms.wire);
}

double CostModel::clock_overhead_ns() const { return terms_of(family_, design_luts_).clock; }

bool CostModel::is_calibrated() const { return terms_of(family_, design_luts_).is_calibrated; }

int CostModel::lut_levels(int num_inputs) const {
    int levels = 0;
    while (num_inputs > 1) {
        num_inputs = (num_inputs + lut_inputs_ - 1) / lut_inputs_;
        ++levels;
    }
    return levels;
}

}  // namespace lutra
