#include "lutra/quantize/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lutra {

namespace {

Diagnostic problem(DiagnosticId id, std::string message, std::string advice = "") { return {id, "calibration data", std::move(message), std::move(advice)}; }

void check_labels(const Graph& graph, const CalibrationData& data, Diagnostics& problems) {
    if (data.labels.empty() || graph.outputs().empty()) {
        return;
    }
    if (data.labels.size() != data.num_events()) {
        problems.push_back(problem(DiagnosticId::LabelsMismatch, fmt::format("there are {} labels for {} events", data.labels.size(), data.num_events()),
                                   "give one label for each event"));
    }
    const std::int64_t num_outputs = num_elements(graph[graph.outputs()[0].node].type.shape);
    const std::int64_t num_classes = std::max<std::int64_t>(num_outputs, 2);
    const bool is_index = graph[graph.outputs()[0].node].op.name() == "argmax";
    const auto wrong = std::ranges::find_if(data.labels, [&](std::int64_t label) { return label < 0 || (label >= num_classes && !is_index); });
    if (wrong != data.labels.end()) {
        problems.push_back(problem(DiagnosticId::LabelsMismatch, fmt::format("the label of event {} is {}; the model has the classes 0 to {}",
                                                                             wrong - data.labels.begin(), *wrong, num_classes - 1)));
    }
}

}  // namespace

Diagnostics check_calibration(const Graph& graph, const CalibrationData& data) {
    const auto inputs = graph.inputs();
    if (data.inputs.size() != inputs.size()) {
        return {problem(DiagnosticId::CalibrationData, fmt::format("there are {} arrays for the {} inputs of the model", data.inputs.size(), inputs.size()))};
    }
    Diagnostics problems;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Node& node = graph[inputs[i]];
        const RealTensor& tensor = data.inputs[i];
        Shape expected = node.type.shape;
        expected.insert(expected.begin(), static_cast<std::int64_t>(data.num_events()));
        if (tensor.shape != expected || data.num_events() == 0) {
            problems.push_back(problem(
                DiagnosticId::CalibrationData,
                fmt::format("input '{}' takes events of shape {}, the array has the shape {}", node.name, to_string(node.type.shape), to_string(tensor.shape)),
                "the first axis counts the events; at least one is needed"));
            continue;
        }
        const auto bad = std::ranges::find_if(tensor.values, [](double value) { return !std::isfinite(value); });
        if (bad != tensor.values.end()) {
            const std::int64_t event = (bad - tensor.values.begin()) / std::max<std::int64_t>(num_elements(node.type.shape), 1);
            problems.push_back(
                problem(DiagnosticId::CalibrationData, fmt::format("input '{}' is not finite in event {}", node.name, event), "leave such events out"));
        }
    }
    check_labels(graph, data, problems);
    return problems;
}

EventBatch select_events(const CalibrationData& data, const std::vector<std::size_t>& indices) {
    EventBatch selected;
    selected.num_events = indices.size();
    for (const RealTensor& tensor : data.inputs) {
        Batch batch{tensor.size() / std::max<std::size_t>(data.num_events(), 1), false, {}};
        batch.values.reserve(indices.size() * batch.num_elements);
        for (const std::size_t index : indices) {
            const auto first = tensor.values.begin() + static_cast<std::ptrdiff_t>(index * batch.num_elements);
            batch.values.insert(batch.values.end(), first, first + static_cast<std::ptrdiff_t>(batch.num_elements));
        }
        selected.inputs.push_back(std::move(batch));
    }
    for (const std::size_t index : indices) {
        if (!data.labels.empty()) {
            selected.labels.push_back(data.labels[index]);
        }
    }
    return selected;
}

EventBatch select_all_events(const CalibrationData& data) {
    std::vector<std::size_t> indices(data.num_events());
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    return select_events(data, indices);
}

TensorProfile profile_of(const Batch& batch) {
    constexpr double tail = 0.001;
    TensorProfile profile;
    std::vector<double> values = batch.values;
    if (values.empty()) {
        return profile;
    }
    const auto count = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    profile.mean = sum / count;
    double squares = 0;
    for (const double value : values) {
        squares += (value - profile.mean) * (value - profile.mean);
    }
    profile.deviation = std::sqrt(squares / count);
    const auto [min, max] = std::ranges::minmax(values);
    profile.min = min;
    profile.max = max;
    const auto quantile = [&](double part) {
        const auto position = values.begin() + static_cast<std::ptrdiff_t>(part * (count - 1));
        std::ranges::nth_element(values, position);
        return *position;
    };
    profile.low_quantile = quantile(tail);
    profile.high_quantile = quantile(1 - tail);
    return profile;
}

std::vector<TensorProfile> profile_graph(const Graph& graph, const CalibrationData& data, int num_threads) {
    std::vector<TensorProfile> profiles;
    for (const Batch& batch : evaluate_batch(graph, select_all_events(data).inputs, data.num_events(), num_threads)) {
        profiles.push_back(profile_of(batch));
    }
    return profiles;
}

}  // namespace lutra
