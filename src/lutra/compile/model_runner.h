#pragma once

/// Runs a model on batches of events: real inputs are quantised as the model says, the circuit is emulated exactly.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/circuit/evaluate.h"
#include "lutra/compile/input_quantizer.h"
#include "lutra/compile/output_scaler.h"
#include "lutra/ir/graph.h"
#include "lutra/lower/lower_graph.h"

namespace lutra {

/// Raw integers of a batch, event-major; in 64 bits where all of them fit, else of any size.
struct RawBatch {
    bool is_small = true;
    std::vector<std::int64_t> small;
    std::vector<Integer> large;

    Integer operator[](std::size_t index) const { return is_small ? Integer(small[index]) : large[index]; }
    std::size_t size() const { return is_small ? small.size() : large.size(); }
};

/// The real values of a batch, one list per input of the graph, each event-major.
using RealBatch = std::vector<std::vector<double>>;

/// A lowered graph, ready to run.
class ModelRunner {
public:
    /// Lowers the graph. Reports every layer that has no exact meaning.
    static Results<ModelRunner> create(Graph graph);

    const Graph& graph() const { return *graph_; }
    const LoweredGraph& lowered() const { return *lowered_; }
    const Circuit& circuit() const { return lowered_->circuit; }
    std::size_t num_outputs() const { return scaler_->scales().size(); }
    const std::vector<OutputScale>& output_scales() const { return scaler_->scales(); }

    /// The raw integers at the circuit's input ports.
    RawBatch quantize(const RealBatch& inputs, std::size_t num_events, int num_threads) const;
    /// The raw integers at the output ports of raw inputs.
    RawBatch run(const RawBatch& inputs, int num_threads) const;
    /// The values of the outputs, event-major: exact where a double can hold them, else the nearest.
    std::vector<double> to_values(const RawBatch& outputs, int num_threads = 0) const;

private:
    ModelRunner() = default;
    bool all_direct() const {
        return std::ranges::all_of(direct_inputs_, [](const auto& input) { return input.has_value(); });
    }
    void quantize_directly(const RealBatch& inputs, std::size_t begin, std::size_t end, std::span<std::int64_t> raws) const;
    template <typename Raw>
    void quantize_events(const RealBatch& inputs, std::size_t begin, std::size_t end, std::span<Raw> raws) const;

    std::shared_ptr<const Graph> graph_;
    std::shared_ptr<const LoweredGraph> lowered_;
    std::shared_ptr<const Graph> host_graph_;                ///< the real nodes in front of the circuit, when there is preprocessing
    std::vector<InputQuantizer> quantizers_;                 ///< per input port
    std::vector<std::optional<std::size_t>> direct_inputs_;  ///< per input port: the input of the graph that it quantises as it is
    std::vector<NodeId> host_values_;                        ///< per input port: the node of the host graph whose value is quantised
    std::shared_ptr<const Emulator> emulator_;
    std::shared_ptr<const OutputScaler> scaler_;
};

/// The mathematics of a graph in doubles, event-major outputs: needs no types.
std::vector<double> run_reference(const Graph& graph, const RealBatch& inputs, std::size_t num_events, int num_threads);

}  // namespace lutra
