#pragma once

/// A lowered circuit on a device: as cells of it where we know them, as generic adders elsewhere, with registers for the clock that was asked for.

#include <optional>

#include "lutra/compile/compile_model.h"
#include "lutra/emit/verilog/cells.h"
#include "lutra/map/pipeline_cells.h"

namespace lutra {

/// Cells, and which of a vendor's they are.
struct CellDesign {
    CellLibrary library{};
    PipelinedCells cells;
};

/// A circuit that is ready to be printed.
struct MappedDesign {
    Circuit circuit;  ///< with registers, unless there are cells, which hold them then
    std::optional<CellDesign> cells;
    TimingReport timing;
    ResourceReport estimate;
};

/// Maps a circuit for the device and the clock of the options.
Result<MappedDesign> map_design(const Circuit& lowered, const CompileOptions& options);

}  // namespace lutra
