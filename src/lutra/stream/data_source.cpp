#include "lutra/stream/data_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "lutra/stream/zip_archive.h"

namespace lutra {

namespace {

std::vector<std::uint64_t> without_ones(std::vector<std::uint64_t> shape) {
    std::erase(shape, 1);
    return shape;
}

Result<bool> is_zip(const std::filesystem::path& path) {
    LUTRA_TRY(const auto file, open_file_source(path));
    std::array<char, 2> start{};
    if (file->size() < start.size()) {
        return false;
    }
    if (const auto got = file->read(0, start); !got) {
        return std::unexpected(got.error());
    }
    return start[0] == 'P' && start[1] == 'K';
}

/// The number of the entry that holds an input.
Result<std::size_t> find_entry(const std::filesystem::path& path, const std::vector<ZipEntry>& entries, const std::string& name, bool is_only_input) {
    const auto found = std::ranges::find_if(entries, [&](const ZipEntry& entry) { return entry.name == name + ".npy" || entry.name == name; });
    if (found != entries.end()) {
        return static_cast<std::size_t>(found - entries.begin());
    }
    if (is_only_input && entries.size() == 1) {
        return 0;
    }
    std::vector<std::string> names;
    constexpr std::size_t max_names = 20;
    for (std::size_t i = 0; i < std::min(entries.size(), max_names); ++i) {
        names.push_back(entries[i].name.substr(0, 100));
    }
    return fail(DiagnosticId::NpyShapeMismatch, path.string(), fmt::format("the archive has no array for the input '{}'", name),
                fmt::format("save it with numpy.savez(..., {}=...); the archive holds: {}", name, fmt::join(names, ", ")));
}

Result<void> check_shapes(const std::vector<NpyReader>& readers, std::span<const InputSpec> inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const NpyReader& reader = readers[i];
        if (without_ones(reader.event_shape()) != without_ones(inputs[i].event_shape)) {
            return fail(DiagnosticId::NpyShapeMismatch, reader.name(),
                        fmt::format("each event has the shape {}; the input '{}' has {}", format_shape(reader.event_shape()), inputs[i].name,
                                    format_shape(inputs[i].event_shape)),
                        "reshape the array; its first axis counts events");
        }
        if (reader.num_events() != readers.front().num_events()) {
            return fail(
                DiagnosticId::NpyShapeMismatch, reader.name(),
                fmt::format("the array has {} events; that of the input '{}' has {}", reader.num_events(), inputs.front().name, readers.front().num_events()),
                "give every input the same events");
        }
    }
    return {};
}

}  // namespace

Result<DataSource> DataSource::open(const std::filesystem::path& path, std::span<const InputSpec> inputs) {
    LUTRA_ASSERT(!inputs.empty());
    std::vector<NpyReader> readers;
    LUTRA_TRY(const bool is_archive, is_zip(path));
    if (is_archive) {
        LUTRA_TRY(const auto entries, list_zip(path));
        for (const InputSpec& input : inputs) {
            LUTRA_TRY(const std::size_t index, find_entry(path, entries, input.name, inputs.size() == 1));
            LUTRA_TRY(auto source, open_zip_entry(path, index));
            LUTRA_TRY(NpyReader reader, NpyReader::create(std::move(source)));
            readers.push_back(std::move(reader));
        }
    } else {
        LUTRA_TRY(NpyReader reader, NpyReader::open(path));
        if (inputs.size() > 1) {
            return fail(DiagnosticId::NpyShapeMismatch, path.string(), fmt::format("the file holds one array; the model has {} inputs", inputs.size()),
                        "save all inputs by name in one .npz file, with numpy.savez");
        }
        readers.push_back(std::move(reader));
    }
    if (auto fits = check_shapes(readers, inputs); !fits) {
        return std::unexpected(std::move(fits).error());
    }
    return DataSource(std::move(readers));
}

Result<std::vector<EventBlock>> DataSource::read_events(std::size_t max_events) {
    std::vector<EventBlock> blocks;
    for (NpyReader& reader : readers_) {
        LUTRA_TRY(EventBlock block, reader.read_events(max_events));
        max_events = std::min(max_events, block.num_events);
        blocks.push_back(std::move(block));
    }
    // A later input may give fewer events at once than an earlier one.
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        EventBlock& block = blocks[i];
        if (block.num_events > max_events) {
            block.num_events = max_events;
            block.values.resize(max_events * block.event_size);
            block.integers.resize(block.integers.empty() ? 0 : block.values.size());
            readers_[i].seek(block.first_event + max_events);
        }
    }
    return blocks;
}

void DataSource::seek(std::uint64_t event) {
    for (NpyReader& reader : readers_) {
        reader.seek(event);
    }
}

}  // namespace lutra
