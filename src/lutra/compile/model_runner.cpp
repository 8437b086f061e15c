#include "lutra/compile/model_runner.h"

#include <algorithm>

#include "lutra/base/parallel.h"
#include "lutra/ir/reference.h"

namespace lutra {

namespace {

/// The real nodes of a graph: what is computed on the host. Node numbers change; the map gives the new ones.
Graph real_part(const Graph& graph, std::vector<NodeId>& new_id) {
    Graph part;
    new_id.assign(graph.size(), NodeId{});
    const auto needed = [&](NodeId id) { return graph[id].type.is_real() || graph[id].op.name() == "constant"; };
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
        const Node& node = graph[NodeId{i}];
        if (needed({i})) {
            std::vector<NodeId> inputs;
            for (const NodeId input : node.inputs) {
                inputs.push_back(new_id[input.index]);
            }
            new_id[i] = part.add(node.name, node.op, std::move(inputs)).value();
        }
    }
    return part;
}

/// The input tensors of one event.
std::vector<RealTensor> event_of(const Graph& graph, const RealBatch& inputs, std::size_t event) {
    std::vector<RealTensor> values;
    for (const NodeId input : graph.inputs()) {
        const Shape& shape = graph[input].type.shape;
        const auto size = static_cast<std::size_t>(num_elements(shape));
        const auto begin = inputs[values.size()].begin() + static_cast<std::ptrdiff_t>(event * size);
        values.emplace_back(shape, std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(size)));
    }
    return values;
}

/// The number among the graph's inputs of a node that is one.
std::optional<std::size_t> input_number(const Graph& graph, NodeId node) {
    const auto inputs = graph.inputs();
    const auto found = std::ranges::find(inputs, node);
    return found == inputs.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - inputs.begin()));
}

constexpr std::size_t events_per_block = 256;

}  // namespace

Results<ModelRunner> ModelRunner::create(Graph graph) {
    ModelRunner runner;
    auto lowered = lower_graph(graph);
    if (!lowered) {
        return std::unexpected(std::move(lowered).error());
    }
    std::vector<NodeId> new_id;
    runner.host_graph_ = std::make_shared<const Graph>(real_part(graph, new_id));
    for (const InputBinding& binding : lowered->inputs) {
        const NodeId source = graph[binding.quantize].inputs[0];
        runner.host_values_.push_back(new_id[source.index]);
        runner.direct_inputs_.push_back(input_number(graph, source));
        runner.quantizers_.emplace_back(binding.elements);
    }
    const Circuit& circuit = lowered->circuit;
    std::vector<OutputScale> scales;
    for (const Port& port : circuit.outputs()) {
        for (const Wire wire : port.wires) {
            scales.push_back({port.scale * Dyadic(Integer(1), -circuit.type(wire).fraction), port.offset});
        }
    }
    runner.scaler_ = std::make_shared<const OutputScaler>(std::move(scales));
    runner.emulator_ = std::make_shared<const Emulator>(Emulator::create(circuit));
    runner.lowered_ = std::make_shared<const LoweredGraph>(*std::move(lowered));
    runner.graph_ = std::make_shared<const Graph>(std::move(graph));
    return runner;
}

void ModelRunner::quantize_directly(const RealBatch& inputs, std::size_t begin, std::size_t end, std::span<std::int64_t> raws) const {
    std::int64_t* port_raws = raws.data() + begin * emulator_->num_inputs();
    for (std::size_t port = 0; port < quantizers_.size(); ++port) {
        const InputQuantizer& quantizer = quantizers_[port];
        quantizer.run(inputs[*direct_inputs_[port]].data() + begin * quantizer.size(), end - begin, port_raws, emulator_->num_inputs());
        port_raws += quantizer.size();
    }
}

template <typename Raw>
void ModelRunner::quantize_events(const RealBatch& inputs, std::size_t begin, std::size_t end, std::span<Raw> raws) const {
    std::size_t at = begin * emulator_->num_inputs();
    for (std::size_t event = begin; event < end; ++event) {
        const auto values = evaluate_reference(*host_graph_, event_of(*host_graph_, inputs, event));
        for (std::size_t port = 0; port < host_values_.size(); ++port) {
            const RealTensor& tensor = values[host_values_[port].index];
            const auto& elements = lowered_->inputs[port].elements;
            for (std::size_t i = 0; i < elements.size(); ++i) {
                const Integer raw = quantize_value(tensor[i], elements[i]);
                if constexpr (std::is_same_v<Raw, Integer>) {
                    raws[at++] = raw;
                } else {
                    raws[at++] = raw.to_int64();
                }
            }
        }
    }
}

RawBatch ModelRunner::quantize(const RealBatch& inputs, std::size_t num_events, int num_threads) const {
    RawBatch batch{.is_small = emulator_->fits_int64(), .small = {}, .large = {}};
    const std::size_t count = num_events * emulator_->num_inputs();
    if (batch.is_small) {
        batch.small.resize(count);
        const bool is_direct = all_direct();
        parallel_for(num_events, events_per_block, num_threads, [&](std::size_t begin, std::size_t end) {
            is_direct ? quantize_directly(inputs, begin, end, batch.small) : quantize_events<std::int64_t>(inputs, begin, end, batch.small);
        });
    } else {
        batch.large.resize(count);
        parallel_for(num_events, events_per_block, num_threads,
                     [&](std::size_t begin, std::size_t end) { quantize_events<Integer>(inputs, begin, end, batch.large); });
    }
    return batch;
}

RawBatch ModelRunner::run(const RawBatch& inputs, int num_threads) const {
    const std::size_t num_events = emulator_->num_inputs() == 0 ? 0 : inputs.size() / emulator_->num_inputs();
    RawBatch outputs{.is_small = inputs.is_small, .small = {}, .large = {}};
    if (inputs.is_small) {
        outputs.small.resize(num_events * emulator_->num_outputs());
        emulator_->run(inputs.small, outputs.small, num_threads);
    } else {
        outputs.large.resize(num_events * emulator_->num_outputs());
        emulator_->run(inputs.large, outputs.large, num_threads);
    }
    return outputs;
}

std::vector<double> ModelRunner::to_values(const RawBatch& outputs, int num_threads) const {
    std::vector<double> values(outputs.size());
    const std::size_t num_events = num_outputs() == 0 ? 0 : outputs.size() / num_outputs();
    parallel_for(num_events, events_per_block, num_threads, [&](std::size_t begin, std::size_t end) {
        const std::size_t first = begin * num_outputs();
        const std::size_t count = (end - begin) * num_outputs();
        if (outputs.is_small) {
            scaler_->run(std::span(outputs.small).subspan(first, count), std::span(values).subspan(first, count));
            return;
        }
        for (std::size_t i = first; i < first + count; ++i) {
            values[i] = scaled_value(outputs.large[i], output_scales()[i % num_outputs()]);
        }
    });
    return values;
}

std::vector<double> run_reference(const Graph& graph, const RealBatch& inputs, std::size_t num_events, int num_threads) {
    std::size_t num_outputs = 0;
    for (const GraphOutput& output : graph.outputs()) {
        num_outputs += static_cast<std::size_t>(num_elements(graph[output.node].type.shape));
    }
    std::vector<double> values(num_events * num_outputs);
    parallel_for(num_events, events_per_block, num_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t event = begin; event < end; ++event) {
            const auto nodes = evaluate_reference(graph, event_of(graph, inputs, event));
            auto at = values.begin() + static_cast<std::ptrdiff_t>(event * num_outputs);
            for (const GraphOutput& output : graph.outputs()) {
                at = std::ranges::copy(nodes[output.node.index].values, at).out;
            }
        }
    });
    return values;
}

}  // namespace lutra
