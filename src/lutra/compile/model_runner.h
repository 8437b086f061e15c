#pragma once

/// Runs a model on batches of events: real inputs are quantised as the model says, the circuit is emulated exactly.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/circuit/emulator.h"
#include "lutra/ir/graph.h"
#include "lutra/lower/lower_graph.h"

namespace lutra {

/// A batch of events for one input of the model: event-major, each event row-major in the input's shape.
struct RealBatch {
    std::vector<double> values;
};

/// One output element's way from raw integer to value: value = raw * factor + offset, in exact numbers.
struct OutputScale {
    Dyadic factor;
    Dyadic offset;
};

/// A lowered graph, ready to run.
class ModelRunner {
public:
    /// Lowers the graph. Reports every layer that has no exact meaning.
    static Results<ModelRunner> create(Graph graph);

    const Graph& graph() const { return *graph_; }
    const LoweredGraph& lowered() const { return *lowered_; }
    /// Number of real values of one event, over all inputs.
    std::size_t num_input_values() const { return num_input_values_; }
    std::size_t num_outputs() const { return scales_.size(); }
    const std::vector<OutputScale>& output_scales() const { return scales_; }

    /// The raw integers at the circuit's input ports for `num_events` events. `inputs` holds one batch per input of the graph.
    std::vector<Integer> quantize(std::span<const RealBatch> inputs, std::size_t num_events, int num_threads) const;
    /// The raw integers at the output ports, event-major.
    std::vector<Integer> run_raw(std::span<const RealBatch> inputs, std::size_t num_events, int num_threads) const;
    /// The values of the outputs, event-major; exact where a double can hold them.
    std::vector<double> to_values(std::span<const Integer> raws) const;
    /// The model's mathematics in doubles, without any quantisation of arithmetic beyond what the graph itself says.
    std::vector<double> run_reference(std::span<const RealBatch> inputs, std::size_t num_events, int num_threads) const;

private:
    ModelRunner() = default;
    void quantize_event(std::span<const RealBatch> inputs, std::size_t event, std::span<Integer> raws) const;

    std::shared_ptr<const Graph> graph_;
    std::shared_ptr<const LoweredGraph> lowered_;
    std::vector<OutputScale> scales_;
    std::size_t num_input_values_ = 0;
};

}  // namespace lutra
