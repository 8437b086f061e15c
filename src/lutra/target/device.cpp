#include "lutra/target/device.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

namespace lutra {

namespace {

constexpr int kibibit = 1024;

constexpr std::string_view lattice_ecp5 = "Lattice FPGA-DS-02012, ECP5 family selection guide; LUT as nextpnr counts them";
constexpr std::string_view lattice_ice40 = "Lattice FPGA-DS-02029, iCE40 LP/HX family selection guide";
constexpr std::string_view xilinx_7 = "AMD DS180, 7 series overview";
constexpr std::string_view xilinx_us = "AMD DS890, UltraScale architecture overview";
constexpr std::string_view zynq_us = "AMD DS891, Zynq UltraScale+ overview";

using enum DeviceFamily;
using enum Evidence;

// clang-format off: a device in a few lines
constexpr std::array device_table = {
    Device{.name = "ecp5-25", .part = "LFE5U-25F-6BG381C", .family = Ecp5, .lut_inputs = 4,
           .capacity = {.lut = 24288, .ff = 24288, .dsp = 28, .bram = 56, .bram_bits = 18 * kibibit},
           .nextpnr_option = "--25k", .lut_count = Run, .placement = Run, .timing = Run, .source = lattice_ecp5},
    Device{.name = "ecp5-45", .part = "LFE5U-45F-6BG381C", .family = Ecp5, .lut_inputs = 4,
           .capacity = {.lut = 43848, .ff = 43848, .dsp = 72, .bram = 108, .bram_bits = 18 * kibibit},
           .nextpnr_option = "--45k", .lut_count = Run, .placement = Run, .timing = Run, .source = lattice_ecp5},
    Device{.name = "ecp5-85", .part = "LFE5U-85F-6BG381C", .family = Ecp5, .lut_inputs = 4,
           .capacity = {.lut = 83640, .ff = 83640, .dsp = 156, .bram = 208, .bram_bits = 18 * kibibit},
           .nextpnr_option = "--85k", .lut_count = Run, .placement = Run, .timing = Run, .source = lattice_ecp5},
    Device{.name = "ice40-hx8k", .part = "iCE40HX8K-CT256", .family = Ice40, .lut_inputs = 4,
           .capacity = {.lut = 7680, .ff = 7680, .dsp = 0, .bram = 32, .bram_bits = 4 * kibibit},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = Estimated, .source = lattice_ice40},
    Device{.name = "xc7a100t", .part = "XC7A100T-1CSG324C", .family = Xilinx7, .lut_inputs = 6,
           .capacity = {.lut = 63400, .ff = 126800, .dsp = 240, .bram = 135, .bram_bits = 36 * kibibit},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = Estimated, .source = xilinx_7},
    Device{.name = "xczu9eg", .part = "XCZU9EG-2FFVB1156E", .family = UltraScalePlus, .lut_inputs = 6,
           .capacity = {.lut = 274080, .ff = 548160, .dsp = 2520, .bram = 912, .bram_bits = 36 * kibibit},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = Estimated, .source = zynq_us},
    Device{.name = "xcvu13p", .part = "XCVU13P-2FHGA2104E", .family = UltraScalePlus, .lut_inputs = 6,
           .capacity = {.lut = 1728000, .ff = 3456000, .dsp = 12288, .bram = 2688, .bram_bits = 36 * kibibit},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = Estimated, .source = xilinx_us},
    Device{.name = "lut4", .part = "", .family = Lut4, .lut_inputs = 4, .capacity = {},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = None, .source = "abstract: 4-input LUTs without carry chains"},
    Device{.name = "lut6", .part = "", .family = Lut6, .lut_inputs = 6, .capacity = {},
           .nextpnr_option = "", .lut_count = Run, .placement = None, .timing = None, .source = "abstract: 6-input LUTs without carry chains"},
};
// clang-format on

}  // namespace

std::span<const Device> all_devices() { return device_table; }

Result<Device> find_device(std::string_view name) {
    const auto* found = std::ranges::find(device_table, name, &Device::name);
    if (found != device_table.end()) {
        return *found;
    }
    std::vector<std::string_view> names;
    for (const Device& device : device_table) {
        names.push_back(device.name);
    }
    return fail(DiagnosticId::UnknownDevice, "", fmt::format("no device has the name '{}'", name.substr(0, 100)),
                fmt::format("use one of: {}", fmt::join(names, ", ")));
}

std::string_view to_string(DeviceFamily family) {
    switch (family) {
        case Ecp5: return "ECP5";
        case Ice40: return "iCE40";
        case Xilinx7: return "Xilinx 7";
        case UltraScalePlus: return "UltraScale+";
        case Lut4: return "LUT4";
        case Lut6: return "LUT6";
    }
    LUTRA_UNREACHABLE("device family");
}

std::string_view to_string(Evidence evidence) {
    switch (evidence) {
        case Run: return "run";
        case Estimated: return "estimated";
        case None: return "none";
    }
    LUTRA_UNREACHABLE("evidence");
}

}  // namespace lutra
