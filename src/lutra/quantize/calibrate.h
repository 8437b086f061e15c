#pragma once

/// Events to choose types on, and what the tensors of a model look like over them.

#include <cstdint>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/graph.h"
#include "lutra/quantize/batch.h"

namespace lutra {

/// Real events for a model.
struct CalibrationData {
    std::vector<RealTensor> inputs;    ///< one per input of the graph, of shape (events, ...shape of the input)
    std::vector<std::int64_t> labels;  ///< one per event: the element of the first output that should be largest (0 or 1 for a single output); or empty

    std::size_t num_events() const { return inputs.empty() || inputs[0].shape.empty() ? 0 : static_cast<std::size_t>(inputs[0].shape[0]); }
};

/// Checks that the data fit the graph: shapes, finite values, labels. Reports all that does not, as CalibrationData or LabelsMismatch.
Diagnostics check_calibration(const Graph& graph, const CalibrationData& data);

/// Some of the events, ready to be evaluated.
struct EventBatch {
    std::size_t num_events = 0;
    std::vector<Batch> inputs;
    std::vector<std::int64_t> labels;  ///< one per event, or empty
};

/// The events with these indices.
EventBatch select_events(const CalibrationData& data, const std::vector<std::size_t>& indices);
/// All events.
EventBatch select_all_events(const CalibrationData& data);

/// The distribution of all elements of a tensor over the events.
struct TensorProfile {
    double min = 0;
    double max = 0;
    double mean = 0;
    double deviation = 0;      ///< standard deviation
    double low_quantile = 0;   ///< 0.1 % of the values lie below
    double high_quantile = 0;  ///< 0.1 % of the values lie above
};

/// The profile of a batch of at least one value.
TensorProfile profile_of(const Batch& batch);

/// The profile of every node by the reference mathematics. The data must have been checked.
std::vector<TensorProfile> profile_graph(const Graph& graph, const CalibrationData& data, int num_threads = 0);

}  // namespace lutra
