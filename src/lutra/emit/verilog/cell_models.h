#pragma once

/// Models of the cells that netlists instantiate, for simulators.

#include "lutra/emit/verilog/cells.h"

namespace lutra {

/// The file of emit_cell_models.
inline constexpr std::string_view cell_models_name = "cell_models.v";

/// What each cell of a library does, written by us from its documentation, for simulators: synthesis takes its own.
EmittedFile emit_cell_models(CellLibrary library);

}  // namespace lutra
