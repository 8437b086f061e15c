#pragma once

/// Changes to an ECP5 netlist in Yosys' JSON form before place and route, and the size that it will have.

#include <string>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// A netlist that is ready for nextpnr, with the figures that are known before it runs.
struct Ecp5Netlist {
    std::string json;
    int lut4 = 0;        ///< of the core
    int ff = 0;          ///< of the core
    int ccu2c = 0;       ///< of the core
    int chains = 0;      ///< carry chains of the core
    int chain_outs = 0;  ///< chains whose last carry is read, which costs a slice
    int num_cut = 0;     ///< carry outputs that nothing read and that were cut
    int harness_lut = 0;
    int harness_ff = 0;

    /// TRELLIS_COMB that nextpnr 0.11 packs: LUT4 + 2 CCU2C, a slice of two to feed each chain in and one for each carry out that is
    /// read, and two constant drivers. Exact on adders and pipelines; a test compares it with nextpnr.
    int predicted_comb() const { return lut4 + harness_lut + 2 * (ccu2c + chains + chain_outs) + 2; }
    /// Slices of two TRELLIS_COMB that carry chains take; the placer must keep each chain in one row.
    int carry_slices() const { return ccu2c + chains + chain_outs; }
};

/// Prepares the netlist of module `top`:
/// * A carry output (COUT of CCU2C) that nothing reads is disconnected. Yosys leaves its net, and nextpnr spends a slice for each.
/// * The ports become a serial harness: inputs come from a shift register of eight lanes, and outputs are registered and folded into
///   another one by XOR, so that a design with far more ports than pins is placed, and each path of the core lies between registers.
/// `clock_port` names the clock; a core without a port of that name is combinational and gets a clock for the harness only.
/// Fails with ToolOutputUnread when the JSON is not a netlist of ECP5 cells.
Result<Ecp5Netlist> prepare_ecp5_netlist(std::string_view json, std::string_view top, std::string_view clock_port);

}  // namespace lutra
