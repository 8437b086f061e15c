#include "lutra/compile/read_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra {

Result<DataSource> open_events(const Graph& graph, const std::filesystem::path& path) {
    std::vector<InputSpec> inputs;
    for (const NodeId id : graph.inputs()) {
        const Shape& shape = graph[id].type.shape;
        inputs.push_back({graph[id].name, {shape.begin(), shape.end()}});
    }
    return DataSource::open(path, inputs);
}

Result<RealEvents> next_events(DataSource& source, std::size_t max_events) {
    LUTRA_TRY(std::vector<EventBlock> blocks, source.read_events(max_events));
    RealEvents events{{}, blocks.empty() ? 0 : blocks[0].num_events};
    for (EventBlock& block : blocks) {
        events.values.push_back(std::move(block.values));
    }
    return events;
}

Result<RealEvents> read_all_events(const Graph& graph, const std::filesystem::path& path) {
    LUTRA_TRY(DataSource source, open_events(graph, path));
    constexpr std::size_t events_per_read = 65536;
    RealEvents all{RealBatch(graph.inputs().size()), 0};
    while (true) {
        LUTRA_TRY(const RealEvents block, next_events(source, events_per_read));
        if (block.num_events == 0) {
            return all;
        }
        for (std::size_t k = 0; k < block.values.size(); ++k) {
            all.values[k].insert(all.values[k].end(), block.values[k].begin(), block.values[k].end());
        }
        all.num_events += block.num_events;
    }
}

Result<CalibrationData> read_calibration_events(const Graph& graph, const std::filesystem::path& path) {
    LUTRA_TRY(RealEvents events, read_all_events(graph, path));
    CalibrationData data;
    const auto inputs = graph.inputs();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        Shape shape = graph[inputs[k]].type.shape;
        shape.insert(shape.begin(), static_cast<std::int64_t>(events.num_events));
        data.inputs.emplace_back(std::move(shape), std::move(events.values[k]));
    }
    return data;
}

Result<std::vector<std::int64_t>> read_labels(const std::filesystem::path& path) {
    LUTRA_TRY(NpyReader reader, NpyReader::open(path));
    if (reader.event_size() != 1) {
        return fail(DiagnosticId::LabelsMismatch, path.string(), fmt::format("labels have {} numbers per event", reader.event_size()),
                    "give one class index per event");
    }
    constexpr std::size_t events_per_read = 65536;
    std::vector<std::int64_t> labels;
    while (true) {
        LUTRA_TRY(const EventBlock block, reader.read_events(events_per_read));
        if (block.num_events == 0) {
            return labels;
        }
        for (std::size_t i = 0; i < block.num_events; ++i) {
            const double value = block.values[i];
            if (value != std::floor(value) || std::abs(value) > 1e9) {
                return fail(DiagnosticId::LabelsMismatch, path.string(),
                            fmt::format("the label of event {} is no class index: {}", block.first_event + i, value),
                            "give one class index, 0 or larger, per event");
            }
            labels.push_back(static_cast<std::int64_t>(value));
        }
    }
}

}  // namespace lutra
