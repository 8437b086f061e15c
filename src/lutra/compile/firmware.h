#pragma once

/// From a mapped design to firmware: printed, with its shell and test benches.

#include <vector>

#include "lutra/compile/map_design.h"

namespace lutra {

/// Firmware in memory.
struct Firmware {
    std::vector<EmittedFile> files;
    RtlReport rtl;
};

/// Prints a design.
Result<Firmware> make_firmware(const MappedDesign& design);

}  // namespace lutra
