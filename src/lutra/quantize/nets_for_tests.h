#pragma once

/// Small float models and data for the tests of this folder.

#include <cmath>
#include <random>

#include "lutra/ops/batch_normalization.h"
#include "lutra/ops/dense.h"
#include "lutra/ops/input.h"
#include "lutra/ops/relu.h"
#include "lutra/ops/softmax.h"
#include "lutra/quantize/calibrate.h"

namespace lutra {

inline RealTensor random_tensor(Shape shape, double deviation, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, deviation);
    RealTensor tensor(std::move(shape), {});
    for (std::int64_t i = 0; i < num_elements(tensor.shape); ++i) {
        tensor.values.push_back(normal(random));
    }
    return tensor;
}

/// x(4) -> fc1(6) -> bn1 -> relu1 -> fc2(3) -> softmax.
inline Graph float_net() {
    Graph graph;
    const NodeId x = graph.add("x", Input{{4}}, {}).value();
    const NodeId fc1 = graph.add("fc1", Dense{random_tensor({4, 6}, 0.7, 1), random_tensor({6}, 0.2, 2)}, {x}).value();
    BatchNormalization normalization;
    normalization.scale = random_tensor({6}, 1, 3);
    normalization.mean = random_tensor({6}, 0.3, 4);
    const NodeId bn1 = graph.add("bn1", normalization, {fc1}).value();
    const NodeId relu1 = graph.add("relu1", Relu{}, {bn1}).value();
    const NodeId fc2 = graph.add("fc2", Dense{random_tensor({6, 3}, 0.8, 5), random_tensor({3}, 0.2, 6)}, {relu1}).value();
    graph.add_output("y", graph.add("softmax", Softmax{}, {fc2}).value());
    return graph;
}

/// Normally distributed events for `float_net`, with labels drawn from the net's own probabilities.
inline CalibrationData float_net_data(std::int64_t num_events) {
    CalibrationData data{{random_tensor({num_events, 4}, 1, 7)}, {}};
    const EventBatch events = select_all_events(data);
    const Graph graph = float_net();
    const Batch y = evaluate_batch(graph, events.inputs, events.num_events, 1)[graph.outputs()[0].node.index];
    std::mt19937 random(8);
    for (std::size_t event = 0; event < events.num_events; ++event) {
        const auto probabilities = y.event(event);
        std::discrete_distribution<std::int64_t> label(probabilities.begin(), probabilities.end());
        data.labels.push_back(label(random));
    }
    return data;
}

}  // namespace lutra
