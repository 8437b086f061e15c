#pragma once

/// From a mapped design to firmware: printed, with its shell and test benches.

#include <memory>
#include <vector>

#include "lutra/compile/map_design.h"

namespace lutra {

/// Firmware as files; those of netlists are printed when they are written.
struct Firmware {
    std::vector<EmittedFile> files;
    RtlReport rtl;
};

/// Prints a design, which lives as long as the files.
Result<Firmware> make_firmware(const std::shared_ptr<const MappedDesign>& design);

}  // namespace lutra
