#pragma once

/// Whole files and folders: read within a limit, written whole or not at all.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// Reads a regular file of at most `max_bytes` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes);

/// Writes a file whole or not at all: into a temporary file beside it, synced, then renamed over it.
Result<void> write_file(const std::filesystem::path& path, std::string_view content);

/// Makes a folder whole or not at all: `fill` writes into a temporary sibling, which then takes the place of `path`.
/// A folder that is already there is replaced only if it holds the file `marker` (it is one of ours) or nothing at all.
Result<void> write_folder(const std::filesystem::path& path, std::string_view marker, const std::function<Result<void>(const std::filesystem::path&)>& fill);

/// The SHA-256 digest of some bytes in lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace lutra
