#include "lutra/quantize/output_loss.h"

#include <algorithm>
#include <cmath>

#include "lutra/quantize/layer_kind.h"

namespace lutra {

namespace {

std::size_t decision(OutputKind kind, std::span<const double> y) {
    switch (kind) {
        case OutputKind::Probabilities:
        case OutputKind::Scores: return static_cast<std::size_t>(std::ranges::max_element(y) - y.begin());
        case OutputKind::Probability: return y[0] > 0.5 ? 1 : 0;
        case OutputKind::Score: return y[0] > 0 ? 1 : 0;
        case OutputKind::Values: return 0;
    }
    LUTRA_UNREACHABLE("kind of output");
}

/// The float model's probability of decision `a` minus that of decision `b`.
double probability_gap(OutputKind kind, std::span<const double> y, std::size_t a, std::size_t b) {
    switch (kind) {
        case OutputKind::Probabilities: return y[a] - y[b];
        case OutputKind::Scores: {
            double sum = 0;
            for (const double score : y) {
                sum += std::exp(score - y[a]);
            }
            return (1 - std::exp(y[b] - y[a])) / sum;
        }
        case OutputKind::Probability: return std::abs(2 * y[0] - 1);
        case OutputKind::Score: return std::tanh(std::abs(y[0]) / 2);
        case OutputKind::Values: return 0;
    }
    LUTRA_UNREACHABLE("kind of output");
}

/// The node that an element comes from, before it was moved and rounded.
NodeId source_of(const Graph& graph, NodeId id) {
    while ((only_moves_elements(graph[id].op) || graph[id].op.name() == "quantize") && graph[id].inputs.size() == 1) {
        id = graph[id].inputs[0];
    }
    return id;
}

double relative_error(const Batch& expected, const Batch& actual) {
    double sum = 0;
    double error = 0;
    double squares = 0;
    for (const double value : expected.values) {
        sum += value;
    }
    const double mean = expected.values.empty() ? 0 : sum / static_cast<double>(expected.values.size());
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
        const double difference = actual.values[i] - expected.values[i];
        error += difference * difference;
        squares += (expected.values[i] - mean) * (expected.values[i] - mean);
    }
    return error == 0 ? 0 : std::sqrt(error / std::max(squares, 1e-300));
}

}  // namespace

ComparedOutput compared_output(const Graph& graph, bool has_labels) {
    const NodeId output = graph.outputs()[0].node;
    const NodeId source = source_of(graph, output);
    const bool is_decided = graph[source].op.name() == "argmax" && num_elements(graph[source].type.shape) == 1;
    const NodeId node = is_decided ? graph[source].inputs[0] : output;
    const auto size = num_elements(graph[node].type.shape);
    const std::string_view op = graph[source_of(graph, node)].op.name();
    if (size == 1) {
        return {node, op == "sigmoid" ? OutputKind::Probability : has_labels && !is_decided ? OutputKind::Score : OutputKind::Values};
    }
    return {node, op == "softmax" ? OutputKind::Probabilities : (has_labels && size > 1) || is_decided ? OutputKind::Scores : OutputKind::Values};
}

OutputLoss compare_outputs(OutputKind kind, const Batch& expected, const Batch& actual, std::span<const std::int64_t> labels, std::size_t num_events) {
    OutputLoss loss;
    loss.relative_error = relative_error(expected, actual);
    if (kind == OutputKind::Values || num_events == 0) {
        loss.expected_loss = loss.relative_error;
        return loss;
    }
    constexpr double unseen_loss = 0.1;
    constexpr double largest_relative_error = 0.15;
    const bool has_probabilities = kind == OutputKind::Probabilities || kind == OutputKind::Probability;
    loss.keeps_scores = !has_probabilities || loss.relative_error <= largest_relative_error;
    double squares = 0;
    std::size_t num_alike = 0;
    std::size_t num_right = 0;
    std::size_t num_float_right = 0;
    for (std::size_t event = 0; event < num_events; ++event) {
        const std::size_t a = decision(kind, expected.event(event));
        const std::size_t b = decision(kind, actual.event(event));
        num_alike += a == b ? 1 : 0;
        const double gap = a == b ? 0 : probability_gap(kind, expected.event(event), a, b);
        loss.expected_loss += gap;
        squares += gap * gap;
        if (!labels.empty()) {
            num_float_right += a == static_cast<std::size_t>(labels[event]) ? 1 : 0;
            num_right += b == static_cast<std::size_t>(labels[event]) ? 1 : 0;
        }
    }
    const auto count = static_cast<double>(num_events);
    loss.expected_loss /= count;
    loss.uncertainty = (std::sqrt(squares) + unseen_loss) / count;
    loss.agreement = static_cast<double>(num_alike) / count;
    if (!labels.empty()) {
        loss.float_accuracy = static_cast<double>(num_float_right) / count;
        loss.accuracy = static_cast<double>(num_right) / count;
    }
    return loss;
}

bool is_within_budget(const OutputLoss& loss, double budget, std::size_t num_events) {
    if (loss.expected_loss + loss.uncertainty > budget || !loss.keeps_scores) {
        return false;
    }
    if (!loss.accuracy) {
        return true;
    }
    const double noise = 2 * std::sqrt((1 - loss.agreement) / static_cast<double>(std::max<std::size_t>(num_events, 1)));
    return *loss.float_accuracy - *loss.accuracy <= budget + noise;
}

}  // namespace lutra
