#pragma once

/// Events from .npy and .npz files for the inputs of a graph.

#include <filesystem>

#include "lutra/compile/model_runner.h"
#include "lutra/quantize/calibrate.h"
#include "lutra/stream/data_source.h"

namespace lutra {

/// Opens the file for the inputs of the graph, in their order.
Result<DataSource> open_events(const Graph& graph, const std::filesystem::path& path);

/// The next events of a source, at most `max_events`; 0 at the end.
struct RealEvents {
    RealBatch values;
    std::size_t num_events = 0;
};
Result<RealEvents> next_events(DataSource& source, std::size_t max_events);

/// All events of a file.
Result<RealEvents> read_all_events(const Graph& graph, const std::filesystem::path& path);

/// All events of a file as tensors, without labels.
Result<CalibrationData> read_calibration_events(const Graph& graph, const std::filesystem::path& path);

/// Class labels, one integer per event; an array of floats must hold integers.
Result<std::vector<std::int64_t>> read_labels(const std::filesystem::path& path);

}  // namespace lutra
