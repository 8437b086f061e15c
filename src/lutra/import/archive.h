#pragma once

/// Zip archives in memory, read with every suspicion: what `.keras` and `.pt2` files are.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// What an archive may cost. An archive that claims more is refused before anything is unpacked.
struct ArchiveLimits {
    std::size_t max_entries = 10'000;
    std::uint64_t max_entry_bytes = 1ULL << 30;  ///< of one entry, unpacked
    std::uint64_t max_total_bytes = 1ULL << 30;  ///< of all entries, unpacked
    std::uint64_t max_expansion = 100;           ///< all entries unpacked over the archive's own size, beyond `free_bytes`
    std::uint64_t free_bytes = 64ULL << 20;      ///< unpacked bytes that are allowed whatever the archive's size is
};

/// One entry, as the archive's directory names it.
struct ArchiveEntry {
    std::string name;
    std::uint64_t size = 0;  ///< unpacked bytes; `read` fails if the entry has another number of them
};

/// An archive whose directory has been checked: stored or deflated entries only, none encrypted, no name twice, no absolute name, no `..`, no
/// empty part, no backslash, no control character, sizes within the limits. Nothing is ever written to disk.
class Archive {
public:
    /// `bytes` must outlive the archive; `place` is what diagnostics name. Fails with ArchiveNotRead.
    static Result<Archive> open(std::string_view bytes, std::string place, const ArchiveLimits& limits = {});

    const std::vector<ArchiveEntry>& entries() const { return entries_; }
    bool contains(std::string_view name) const { return index_of(name) < entries_.size(); }
    /// The unpacked bytes of an entry, checked against its size and its checksum.
    Result<std::string> read(std::string_view name) const;

private:
    std::size_t index_of(std::string_view name) const;

    std::string place_;
    std::vector<ArchiveEntry> entries_;
    std::shared_ptr<void> handle_;  ///< of libzip
};

}  // namespace lutra
