#pragma once

/// The events that a user gives: one array in a .npy file, or several named ones in a .npz file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/stream/npy_reader.h"

namespace lutra {

/// One input that a model wants.
struct InputSpec {
    std::string name;
    std::vector<std::uint64_t> event_shape;  ///< without the axis of events
};

/// Reads the same events of every input, block by block.
class DataSource {
public:
    /// Opens a .npy or .npz file, known by its content, for these inputs. A .npy, or a .npz with one array, serves one input whatever
    /// it is called; else arrays are found by name. Shapes must agree up to axes of length 1. Fails with NpyShapeMismatch, or as
    /// NpyReader does.
    static Result<DataSource> open(const std::filesystem::path& path, std::span<const InputSpec> inputs);

    std::uint64_t num_events() const { return readers_.front().num_events(); }
    /// The array of one input, in the order given to `open`.
    const NpyReader& input(std::size_t index) const { return readers_[index]; }

    /// Reads the next events of each input, at most `max_events`; the blocks have the same events. None are left when they have 0.
    Result<std::vector<EventBlock>> read_events(std::size_t max_events);
    /// Goes to an event, from which `read_events` goes on.
    void seek(std::uint64_t event);

private:
    explicit DataSource(std::vector<NpyReader> readers) : readers_(std::move(readers)) {}

    std::vector<NpyReader> readers_;
};

}  // namespace lutra
