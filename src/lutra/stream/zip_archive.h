#pragma once

/// Entries of a zip archive (stored or deflated), read without unpacking the archive.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/stream/byte_source.h"

namespace lutra {

/// One entry, as the archive's directory names it.
struct ZipEntry {
    std::string name;
    std::uint64_t size = 0;  ///< unpacked bytes, as the directory claims; reading stops there

    friend bool operator==(const ZipEntry&, const ZipEntry&) = default;
};

/// Lists the entries of an archive, at most 10,000. Fails with E01xx or NpyInvalid.
Result<std::vector<ZipEntry>> list_zip(const std::filesystem::path& path);

/// Opens the entry of this number. It unpacks as it reads, so memory stays small whatever the entry claims; reading forwards is fast,
/// reading backwards starts the entry anew.
Result<std::unique_ptr<ByteSource>> open_zip_entry(const std::filesystem::path& path, std::size_t index);

}  // namespace lutra
