#pragma once

/// Writes a .npy array event by event, whole or not at all.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/stream/element_type.h"

namespace lutra {

/// Writes into a temporary file beside `path`, which takes its name in `finish`. The number of events is not needed before.
class NpyWriter {
public:
    /// Starts an array of shape (events, ...event_shape). Fails with FileUnwritable.
    static Result<NpyWriter> create(const std::filesystem::path& path, ElementType type, std::vector<std::uint64_t> event_shape);
    NpyWriter(NpyWriter&&) noexcept;
    NpyWriter& operator=(NpyWriter&&) noexcept;
    ~NpyWriter();

    /// Appends whole events to an array of Float64 or Float32, into which values are rounded to nearest.
    Result<void> append(std::span<const double> values);
    /// Appends whole events to an array of an integer type or Bool, whose range holds every value.
    Result<void> append(std::span<const std::int64_t> integers);
    /// Completes the file and gives it its name.
    Result<void> finish();

private:
    struct File;
    explicit NpyWriter(std::unique_ptr<File> file);
    std::unique_ptr<File> file_;
};

}  // namespace lutra
