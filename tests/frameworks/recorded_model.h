#pragma once

/// Compares an imported model with outputs that a framework computed.

#include <filesystem>
#include <string>
#include <vector>

#include "lutra/import/import_model.h"

namespace lutra {

/// All elements of an array whose first axis counts events, and how many elements belong to one event.
struct EventArray {
    std::size_t num_events = 0;
    std::size_t event_size = 0;
    std::vector<double> values;
};
Result<EventArray> read_events(const std::filesystem::path& path);

/// The inputs of one event in the shapes of the graph.
Result<std::vector<RealTensor>> event_of(const Graph& graph, const std::vector<EventArray>& inputs, std::size_t event);

/// Imports a model and runs its reference on every event. Returns what is wrong, or nothing. Values agree when
/// |ours - theirs| <= tolerance * max(1, |theirs|); with the tolerance 0 when they are the same float32.
std::string compare_events(const std::filesystem::path& model, const std::vector<EventArray>& inputs, const std::vector<EventArray>& outputs, double tolerance);

/// The same with arrays from .npy files.
struct RecordedModel {
    std::filesystem::path model;
    std::vector<std::filesystem::path> inputs;
    std::vector<std::filesystem::path> outputs;
    double tolerance = 0;
};
std::string compare_with_record(const RecordedModel& record);

}  // namespace lutra
