#pragma once

/// Events of a .npy array, read block by block, so that the file may be larger than memory.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/stream/byte_source.h"
#include "lutra/stream/npy_header.h"

namespace lutra {

/// Some consecutive events of one array: `num_events` rows of `event_size` elements in C order.
struct EventBlock {
    std::uint64_t first_event = 0;
    std::size_t num_events = 0;
    std::size_t event_size = 0;
    std::vector<double> values;
    std::vector<std::int64_t> integers;  ///< exact values of an array of integers or bools; empty for floats
};

/// Reads one array whose first axis counts events.
class NpyReader {
public:
    /// Opens a .npy file. Fails with E01xx, NpyInvalid, NpyUnsupportedType, or NpyShapeMismatch for an array without events.
    static Result<NpyReader> open(const std::filesystem::path& path);
    static Result<NpyReader> create(std::unique_ptr<ByteSource> source);

    /// Path, or path and entry, for messages.
    const std::string& name() const { return source_->name(); }
    ElementType type() const { return header_.layout.type; }
    std::uint64_t num_events() const { return header_.shape[0]; }
    /// The shape without the axis of events; empty when each event is one number.
    std::vector<std::uint64_t> event_shape() const { return {header_.shape.begin() + 1, header_.shape.end()}; }
    /// Elements of one event.
    std::size_t event_size() const { return event_size_; }
    std::uint64_t next_event() const { return next_event_; }

    /// Reads the next events, at most `max_events`, fewer when events are large; none at the end. Fails with NpyNotFinite where a
    /// value is NaN or infinite, with its event and element, and with NpyUnsupportedType for an integer above 2^63 - 1.
    Result<EventBlock> read_events(std::size_t max_events);

    /// Goes to an event, from which `read_events` goes on.
    void seek(std::uint64_t event) { next_event_ = event; }

private:
    NpyReader(std::unique_ptr<ByteSource> source, NpyHeader header, std::size_t event_size)
        : source_(std::move(source)), header_(std::move(header)), event_size_(event_size) {}

    Result<void> read_rows(EventBlock& block);
    Result<void> read_columns(EventBlock& block);
    Result<void> check(const EventBlock& block) const;

    std::unique_ptr<ByteSource> source_;
    NpyHeader header_;
    std::size_t event_size_;
    std::uint64_t next_event_ = 0;
};

}  // namespace lutra
