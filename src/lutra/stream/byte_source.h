#pragma once

/// Bytes that are read by position: a file, or an entry of a zip archive.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "lutra/base/result.h"

namespace lutra {

/// A sequence of bytes of known size. Positions may be read in any order.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// What users know it by: a path, or a path with an entry's name.
    virtual const std::string& name() const = 0;
    virtual std::uint64_t size() const = 0;
    /// Fills `to` with the bytes from `offset`. Fails when they cannot be read or when the source ends before.
    virtual Result<void> read(std::uint64_t offset, std::span<char> to) = 0;
};

/// Opens a regular file.
Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path);

/// Wraps bytes in memory.
std::unique_ptr<ByteSource> make_memory_source(std::string name, std::string bytes);

}  // namespace lutra
