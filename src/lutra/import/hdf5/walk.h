#pragma once

#include "lutra/import/hdf5/frames.h"

namespace lutra::hdf5 {

/// Tells everything of a file with the HDF5 library. Runs in the child: it may crash.
void walk_file(std::string_view bytes, const Hdf5Limits& limits, FrameWriter& frames);

}  // namespace lutra::hdf5
