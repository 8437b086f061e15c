#include "recorded_model.h"

#include <fmt/format.h>

#include <cmath>

#include "lutra/ir/reference.h"
#include "lutra/stream/npy_reader.h"

namespace lutra {

namespace {

bool agree(double ours, double theirs, double tolerance) {
    return tolerance == 0 ? static_cast<float>(ours) == static_cast<float>(theirs) : std::abs(ours - theirs) <= tolerance * std::max(1.0, std::abs(theirs));
}

std::string compare_outputs(const Graph& graph, const std::vector<RealTensor>& values, const std::vector<EventArray>& outputs, std::size_t event,
                            double tolerance) {
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        const RealTensor& ours = values[graph.outputs()[k].node.index];
        const EventArray& theirs = outputs[k];
        if (ours.size() != theirs.event_size) {
            return fmt::format("output {} has {} elements, the record {}", k, ours.size(), theirs.event_size);
        }
        for (std::size_t i = 0; i < ours.size(); ++i) {
            const double expected = theirs.values[event * theirs.event_size + i];
            if (!agree(ours[i], expected, tolerance)) {
                return fmt::format("event {}, output {}, element {}: {} instead of {}", event, k, i, ours[i], expected);
            }
        }
    }
    return "";
}

Result<std::vector<EventArray>> read_all(const std::vector<std::filesystem::path>& paths) {
    std::vector<EventArray> arrays;
    for (const auto& path : paths) {
        LUTRA_TRY(EventArray array, read_events(path));
        arrays.push_back(std::move(array));
    }
    return arrays;
}

}  // namespace

Result<EventArray> read_events(const std::filesystem::path& path) {
    LUTRA_TRY(NpyReader reader, NpyReader::open(path));
    EventArray array{reader.num_events(), reader.event_size(), {}};
    while (array.values.size() < array.num_events * array.event_size) {
        LUTRA_TRY(const EventBlock block, reader.read_events(array.num_events));
        array.values.insert(array.values.end(), block.values.begin(), block.values.end());
    }
    return array;
}

Result<std::vector<RealTensor>> event_of(const Graph& graph, const std::vector<EventArray>& inputs, std::size_t event) {
    std::vector<RealTensor> tensors;
    for (const NodeId node : graph.inputs()) {
        const Shape& shape = graph[node].type.shape;
        const EventArray& array = inputs[tensors.size()];
        if (static_cast<std::size_t>(num_elements(shape)) != array.event_size) {
            return fail(DiagnosticId::NpyShapeMismatch, graph[node].name,
                        fmt::format("the input has the shape {}, an event has {} elements", to_string(shape), array.event_size));
        }
        const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(event * array.event_size);
        tensors.emplace_back(shape, std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(array.event_size)));
    }
    return tensors;
}

std::string compare_events(const std::filesystem::path& path, const std::vector<EventArray>& inputs, const std::vector<EventArray>& outputs, double tolerance) {
    const auto model = import_model(path);
    if (!model) {
        std::string text;
        for (const Diagnostic& problem : model.error()) {
            text += to_string(problem) + "\n";
        }
        return text;
    }
    if (model->graph.inputs().size() != inputs.size() || model->graph.outputs().size() != outputs.size()) {
        return fmt::format("the graph has {} inputs and {} outputs, the record {} and {}", model->graph.inputs().size(), model->graph.outputs().size(),
                           inputs.size(), outputs.size());
    }
    for (std::size_t event = 0; event < outputs.front().num_events; ++event) {
        const auto tensors = event_of(model->graph, inputs, event);
        if (!tensors) {
            return to_string(tensors.error());
        }
        if (std::string difference = compare_outputs(model->graph, evaluate_reference(model->graph, *tensors), outputs, event, tolerance);
            !difference.empty()) {
            return difference;
        }
    }
    return "";
}

std::string compare_with_record(const RecordedModel& record) {
    const auto inputs = read_all(record.inputs);
    const auto outputs = read_all(record.outputs);
    if (!inputs || !outputs) {
        return to_string(!inputs ? inputs.error() : outputs.error());
    }
    return compare_events(record.model, *inputs, *outputs, record.tolerance);
}

}  // namespace lutra
