#pragma once

/// The FPGAs that Lutra knows: what each holds, which tools know it, and which of our figures for it are measured.

#include <span>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// Devices of one family have the same logic cells; Yosys maps to a family, not to a device.
enum class DeviceFamily { Ecp5, Ice40, Xilinx7, UltraScalePlus, Lut4, Lut6 };

/// Where a figure for a device comes from.
enum class Evidence {
    Run,        ///< an open tool that knows the device is run and its figure is given
    Estimated,  ///< a model of ours, calibrated elsewhere
    None,       ///< no figure is given
};

/// What a device holds, from its data sheet. All zero for the abstract devices `lut4` and `lut6`, which have no limit.
struct Capacity {
    int lut = 0;
    int ff = 0;
    int dsp = 0;
    int bram = 0;       ///< blocks
    int bram_bits = 0;  ///< bits per block, parity included
};

/// One FPGA, or an abstract device of LUTs.
struct Device {
    std::string_view name;  ///< what users write
    std::string_view part;  ///< the vendor's name of a part with this die
    DeviceFamily family{};
    int lut_inputs = 0;
    Capacity capacity;
    std::string_view nextpnr_option;  ///< empty: not placed and routed
    Evidence lut_count = Evidence::None;
    Evidence placement = Evidence::None;
    Evidence timing = Evidence::None;
    std::string_view source;  ///< of the capacities
};

/// All devices, in the order in which they are listed to users.
std::span<const Device> all_devices();

/// The device of this name, or UnknownDevice with the list of names.
Result<Device> find_device(std::string_view name);

/// The family's name in text, such as "UltraScale+".
std::string_view to_string(DeviceFamily family);

/// "run", "estimated" or "none".
std::string_view to_string(Evidence evidence);

}  // namespace lutra
