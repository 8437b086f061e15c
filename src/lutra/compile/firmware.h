#pragma once

/// From a lowered circuit to firmware: mapped, pipelined, printed, with its test bench and vectors.

#include <optional>
#include <vector>

#include "lutra/compile/compile_model.h"

namespace lutra {

/// Firmware in memory.
struct Firmware {
    Circuit circuit;  ///< mapped and pipelined
    std::vector<EmittedFile> files;
    RtlReport rtl;
    TimingReport timing;
    ResourceReport estimate;
    double optimise_seconds = 0;
    double emit_seconds = 0;
};

/// Maps and prints a circuit for the device and the clock of the options.
Result<Firmware> make_firmware(const Circuit& lowered, const CompileOptions& options);

}  // namespace lutra
