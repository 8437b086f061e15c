#include "lutra/quantize/layer_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lutra/quantize/apply_precision.h"

namespace lutra {

namespace {

std::optional<Quantization> given_type(const PrecisionLookup& lookup, const Node& node, PrecisionVariable variable) {
    const auto match = lookup.find(node, variable);
    return match && match->type.kind == PrecisionType::Kind::Fixed ? std::optional(match->type.type) : std::nullopt;
}

void measure_error(const Batch& expected, const Batch& actual, LayerPrecision& layer) {
    double squares = 0;
    for (std::size_t i = 0; i < expected.values.size(); ++i) {
        const double difference = std::abs(actual.values[i] - expected.values[i]);
        layer.max_error = std::max(layer.max_error, difference);
        squares += difference * difference;
    }
    layer.rms_error = expected.values.empty() ? 0 : std::sqrt(squares / static_cast<double>(expected.values.size()));
}

}  // namespace

Results<std::vector<LayerPrecision>> measure_layers(const Graph& graph, const PrecisionSpec& spec, const CalibrationData& data, int num_threads) {
    if (Diagnostics problems = check_calibration(graph, data); !problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    LUTRA_TRY(const Graph prepared, prepare_graph(graph, spec));
    LUTRA_TRY(const Graph typed, apply_precision(graph, spec));
    LUTRA_TRY(const PrecisionLookup lookup, PrecisionLookup::create(prepared, spec));
    const EventBatch events = select_all_events(data);
    const auto expected = evaluate_batch(prepared, events.inputs, events.num_events, num_threads);
    const auto actual = evaluate_batch(typed, events.inputs, events.num_events, num_threads);
    std::vector<LayerPrecision> layers;
    for (std::uint32_t i = 0; i < prepared.size(); ++i) {
        const Node& node = prepared[NodeId{i}];
        LayerPrecision layer{.name = node.name,
                             .op = std::string(node.op.name()),
                             .weight = given_type(lookup, node, PrecisionVariable::Weight),
                             .bias = given_type(lookup, node, PrecisionVariable::Bias),
                             .result = given_type(lookup, node, PrecisionVariable::Result)};
        if (!layer.weight && !layer.bias && !layer.result) {
            continue;
        }
        const auto quantized = typed.find(result_name(node.name));
        const auto value = quantized && layer.result ? quantized : typed.find(node.name);
        measure_error(expected[i], actual[value->index], layer);
        layers.push_back(std::move(layer));
    }
    return layers;
}

std::vector<std::string> to_lines(const std::vector<LayerPrecision>& layers) {
    const auto text = [](const std::optional<Quantization>& type) { return type ? to_string(*type) : std::string("-"); };
    std::vector<std::array<std::string, 6>> rows = {{"layer", "weight", "bias", "result", "max error", "rms error"}};
    for (const LayerPrecision& layer : layers) {
        rows.push_back({layer.name, text(layer.weight), text(layer.bias), text(layer.result), fmt::format("{:.2g}", layer.max_error),
                        fmt::format("{:.2g}", layer.rms_error)});
    }
    std::array<std::size_t, 6> widths{};
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += fmt::format("{:<{}}  ", row[i], widths[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace lutra
